.memory RAM = 0x200 .. 0x203
.memory ROM = 0x8000..0x8fff
.section one, RAM
  .fill 3
.section two, RAM
  .fill 3
; error E0655 5:10
