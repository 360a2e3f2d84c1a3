; Names in .scope and .func shadow those outside.
; bytes 000200: ea 80 fd ea 80 fd 20 0b 02 80 fd 60 20 09 02
.65816
.org 0x200
.scope
again: nop
  bra again
.ends
.scope
again: nop
  bra again
.ends
  jsr wait
  bra wait - 3
.func wait
again: rts
.endf
  jsr wait - 2
