; .func: its name is a label outside, the labels inside are local, and shadow those outside.
; bytes 000200: 20 07 02 20 08 02 60 60 88 d0 fd 60
.65816
.org 0x200
  jsr first
  jsr second
loop: rts
.func first
loop: rts
.endf
.func second
loop: dey
  bne loop
  rts
.endf
