; rep and sep in emulation mode, and a declaration that is not true.
.65816
.org 0x200
  sec
  xce
  rep #0x30           ; has no effect
  sep #0x04           ; concerns other flags
  clc
  xce
  rep #0x20
  .a8                 ; it is 16
  .i8
  .a8
  lda #1
; bytes 000200: 38 fb c2 30 e2 04 18 fb c2 20 a9 01
; warning W0506 6:3
; warning W0504 11:3
; note 10:3
