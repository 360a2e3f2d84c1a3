; .optimize: labels further down count as known.
.65816
.org 0xf0
  lda down
.optimize on
  lda down
  sta distant
  lda down, x
.optimize off
  lda down
down: stp
.org 0x010000
distant: stp
; bytes 0000f0: ad fe 00 a5 fe 8f 00 00 01 b5 fe ad fe 00 db
; bytes 010000: db
