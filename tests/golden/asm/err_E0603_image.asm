; error E0603 3:1
; 100,000,000 bytes do not fit.
.repeat 100000000
  nop
.endr
