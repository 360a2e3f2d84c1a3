; `$` is the address of the element it stands in: the second item of `dw $, $` is two higher.
; bytes 000100: 00 01 04 01 04 05 80 fe ad 08 01 62 fd ff
.65816
.org 0x100
  dw $, $+2
  db $ & 0xff, $ & 0xff
  bra $
  lda $
  per $
; warning W0604 5:3
