; brk and wdm alone are one byte, as in naken_asm; asl a is accepted.
; bytes 000200: 00 00 12 42 42 34 0a 0a 1a ea 3a
; warning W0201 7:3
; warning W0201 9:3
.65816
.org 0x200
  brk
  brk #0x12
  wdm
  wdm #0x34
  asl
  asl a
  inc A
  nop
  DEC
