; An address takes the shortest form that holds it; suffixes and prefixes override.
; bytes 000200: a5 12 ad 34 12 af 56 34 12 a5 12 ad 12 00 af 12 00 00 a5 34 ad 12 00 af 12 00 00 ad 00 00 ad 34 12
; bytes 000221: b9 10 00 b6 10 be 34 12 20 10 00 f4 12 00 b5 12 bd 34 12 bf 56 34 12 ad ff ff
.65816
.org 0x200
  lda 0x12
  lda 0x1234
  lda 0x123456
  lda.b 0x12
  lda.w 0x12
  lda.l 0x12
  lda <0x1234
  lda !0x12
  lda >0x12
  lda !0x10000
  lda !0x551234
  lda 0x10,y          ; naken_asm refuses: promoted to absolute
  ldx 0x10,y
  ldx 0x1234,Y
  jsr 0x10
  pea 0x12
  lda 0x12,X
  lda 0x1234,x
  lda 0x123456,x
  lda -1              ; the last byte of the bank
