; Where nothing is known .auto takes 16 bits and says so.
.65816
.org 0x200
.auto
  lda #5
  .a8
  lda #5
  ldx #5
; bytes 000200: a9 05 00 a9 05 a2 05 00
; warning W0505 5:3
; warning W0505 8:3
