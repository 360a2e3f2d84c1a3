; An immediate has 16 bits unless .b, < > or ^ say otherwise; rep, sep, cop always 8; pea 16.
; bytes 000200: a9 00 00 a2 ff 00 c0 34 12 89 12 00 a9 12 a0 ff a9 34 12 c2 30 e2 30 02 01 c2 20 f4 05 00
; bytes 00021e: a9 34 a2 12 a9 34 a9 56 c9 12 00
.65816
.org 0x200
  lda #0
  ldx #255
  cpy #0x1234
  bit #0x12
  lda.b #0x12
  ldy.B #-1
  lda.w #0x1234
  rep #0x30
  sep #0x30
  cop #1
  rep.b #0x20
  pea #5
  lda #<0x1234
  ldx #>0x1234
  lda.w #<0x1234        ; the selection wins, as there
  lda #<$123456
  CMP.W #0x12
; warning W0507 18:7
; warning W0507 20:9
; warning W0507 21:7
