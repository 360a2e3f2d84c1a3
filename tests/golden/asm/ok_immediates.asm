; Immediates have 16 bits whatever their value; .b and < > ^ make 8.
; bytes 000200: a9 01 00 a9 01 a9 01 00 a9 34 a9 12 a9 12 a9 34 a9 ff ff a9 ff c2 30 e2 20 02 44 a2 41 00 f4 34 12
.65816
.org 0x200
  lda #1
  lda.b #1
  lda.w #1
  lda #<0x1234
  lda #>0x1234
  lda #^0x123456
  lda.w #<0x1234
  lda #-1
  lda.b #-1
  rep #0x30
  sep #0x20
  cop #0x44
  ldx #'A'
  pea #0x1234
