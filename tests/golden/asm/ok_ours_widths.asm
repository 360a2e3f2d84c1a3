; Declared widths: immediates without a suffix follow them, in the order of the source.
; bytes 000200: a9 05 00 a2 05 00 a9 05 a2 05 00 a9 05 00 a9 34
; bytes 000210: a0 05 e9 01 e0 02 a9 05 00 c9 05 00 c2 30 a9 05 00 a2 05 00
.65816
.org 0x200
  lda #5
  ldx #5
.a8
  lda #5
  ldx #5
  lda.w #5
  lda #<0x1234
.i8
  ldy #5
  sbc #1
  cpx #2
.A16
  lda #5
  cmp #5
  rep #0x30
.i16
  lda #5
  ldx #5
; warning W0501 11:9
; warning W0504 17:1
