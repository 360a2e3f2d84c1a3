; error E0601 8:3
.org 0x200
  nop
  lda 0x1234
.org 0x208
  nop
.org 0x203
  dw 1, 2
  nop
