; Several labels on a line, any case, names of registers and mnemonics too.
; bytes 000000: ea a5 00 a5 00 a5 01 a5 07
.65816
.org 0
one: two: nop
Two:
  lda one
  lda two
  LDA Two
x: lda x
inc:
; warning W0603 5:11
