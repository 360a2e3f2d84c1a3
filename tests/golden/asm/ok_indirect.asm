; Indirect forms.
; bytes 000200: b2 12 b1 12 a1 12 b3 03 a7 12 b7 12 a3 03 6c 34 12 7c 34 12 fc 34 12 dc 34 12 dc 34 12 d4 12 b2 34 a3 03 b3 03 92 0c
.65816
.org 0x200
  lda (0x12)
  lda (0x12),y
  lda (0x12,x)
  lda (3,s),y
  lda [0x12]
  lda [0x12],y
  lda 3,s
  jmp (0x1234)
  jmp (0x1234,x)
  jsr (0x1234,x)
  jml [0x1234]
  jmp [0x1234]
  pei (0x12)
  lda (<0x1234)
  lda 3,S
  lda (3,S),Y
  sta ((5+1)*2)
