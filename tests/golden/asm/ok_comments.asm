; Comments of all kinds.
; warning W0603 7:10
; bytes 000000: ea ea 3b 2f 2f 18
.65816 // to the end
.org 0 /* of several
  lda nothing
lines */ nop /* one */ ; the other /* not a start
  nop // "
  db ";//" /* ' */
  clc