; Immediates that are not as wide as their register, with the place where the width was set.
.65816
.org 0x200
start: clc
  xce
  rep #0x10
  sep #0x20
  lda #5              ; 8 bits, and emits 16
  lda.b #5
  ldx #5
  ldy.b #5            ; 16 bits, and emits 8
  jsr both
  lda #5
  sep #0x10
  cpx #1
wait:
  cmp.b #0x34
  beq wait
  jmp start
both:
  rep #0x20
  lda #5
  lda.b #5
  sep #0x20
  rts
; bytes 000200: 18 fb c2 10 e2 20 a9 05 00 a9 05 a2 05 00 a0 05 20 22 02 a9 05 00 e2 10
; bytes 000218: e0 01 00 c9 34 f0 fc 4c 00 02 c2 20 a9 05 00 a9 05 e2 20 60
; warning W0501 8:7
; note 7:3
; warning W0507 11:9
; note 6:3
; warning W0501 13:7
; note 12:3
; warning W0501 15:7
; note 14:3
; warning W0507 23:9
; note 21:3
