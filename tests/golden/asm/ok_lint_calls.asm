; Routines that return with other widths than they were called with.
.65816
.org 0x200
  rep #0x30
  jsr narrows
  rep #0x30
  jsl wide_index
  sep #0x10
  jsl wide_index
  jsr keeps
  stp
narrows:
  sep #0x20
  rts
wide_index:
  rep #0x10
  rtl
keeps:
  php
  rep #0x30
  plp
  rts
; bytes 000200: c2 30 20 15 02 c2 30 22 18 02 00 e2 10 22 18 02 00 20 1b 02 db e2 20 60
; bytes 000218: c2 10 6b 08 c2 30 28 60
; warning W0503 14:3
; note 5:3
; note 13:3
; warning W0503 17:3
; note 9:3
; note 16:3
