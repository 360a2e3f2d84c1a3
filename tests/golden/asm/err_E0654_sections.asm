.memory RAM = 0x200..0x203
.memory RAM = 0x300..0x303
.memory BAD = 5..4
.memory BIG = 0..0x1000000
.memory X 5
.section one, ROM
.section two
.section three, RAM
.memory ROM = 0x8000..0x80ff
.section three, ROM
.section
.section 5
.section a, b, c
; error E0653 2:9
; note 1:9
; error E0604 3:18
; error E0604 4:18
; error E0201 5:9
; error E0654 6:15
; error E0658 7:10
; error E0656 10:10
; error E0306 11:1
; error E0316 12:10
; error E0306 13:1
