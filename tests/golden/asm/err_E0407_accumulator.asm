; `asl a` where a symbol `a` follows: naken_asm takes the symbol, so it must be said which is meant.
; error E0407 6:7
; note 9:1
.65816
.org 0x200
  asl a
  lsr A
  asl
a: nop
