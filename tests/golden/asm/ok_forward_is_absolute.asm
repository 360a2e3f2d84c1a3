; A symbol that is not known above is absolute, even if it proves to be in the direct page.
; bytes 000010: ad 19 00 a5 10 8d 19 00 60
.65816
.org 0x10
back:
  lda ahead
  lda back
  sta ahead
  rts
ahead:
; warning W0603 6:3
; warning W0603 8:3
