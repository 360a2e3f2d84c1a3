; .auto: immediates are as wide as the registers are there, by the flow of control.
.65816
.org 0x200
.auto
start: clc
  xce
  rep #0x30
  lda #5
  jsr sub             ; called with A 16 bits wide, and below again
  sep #0x20
  lda #5
  ldx #5
  lda.w #0x1234 & 0xff
  php
  rep #0x20
  cmp #5
  plp
  cmp #5
  bra over
wide: lda #7          ; only reached from below
  rts
over: rep #0x20
  jsr wide
  sep #0x30
.auto off
  ldx #5
.auto on
  ldx #5
  jmp start
sub: ldy #5
  lda #<0x1234
  rts
; bytes 000200: 18 fb c2 30 a9 05 00 20 32 02 e2 20 a9 05 a2 05 00 a9 34 00 08 c2 20 c9
; bytes 000218: 05 00 28 c9 05 80 04 a9 07 00 60 c2 20 20 1f 02 e2 30 a2 05 00 a2 05 4c
; bytes 000230: 00 02 a0 05 00 a9 34 60
; warning W0501 13:9
; note 10:3
; warning W0501 26:7
; note 24:3
; warning W0507 31:7
; note 7:3
