.65816
.org 0x00b6
start:
  lda.b #0x100
  stq 0xdf23
  bra nowhere
