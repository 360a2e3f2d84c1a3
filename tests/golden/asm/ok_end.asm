; .end stops, whatever follows.
; bytes 000000: ea
.65816
.org 0
  nop
.end
  lda "
.endif
; warning W0603 5:3
