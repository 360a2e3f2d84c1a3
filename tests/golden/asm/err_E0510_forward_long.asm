; error E0510 4:7
; error E0510 5:7
.org 0x200
  lda ahead
  jmp ahead
  lda.l ahead
  jml ahead
.org 0x20000
ahead:
