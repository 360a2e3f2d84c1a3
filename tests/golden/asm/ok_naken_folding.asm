; naken_asm folds `1|2^3&4` too early and gets 1.
; bytes 000000: 03
; warning W0301 6:6
.65816
.org 0
  db 1|2^3&4
  .set x = 1|2+4*8>>1&7
