; What D and DBR hold: sizes follow it, and the operands count from there.
.65816
.org 0x200
  lda 0x12
  lda 0x1234
.dp 0x1200
.dbr 0x01
  lda 0x1234
  lda 0x1234, x
  lda 0x12
  lda 0x011234
  lda (0x1210), y
  lda [0x12ff], y
  lda 3, s
  lda <0x34
  lda !0x1234
  lda >0x1234
  jmp 0x1234
  jsr (0x1234, x)
  pea 0x1234
  sta.b 0x1280
  sta.w 0x011280
.dp off
  lda 0x12
  lda 0x010012
.dbr off
  lda 0x010012
.dp 0
.dbr 0
  lda 0x12
  lda 0x1234
; bytes 000200: a5 12 ad 34 12 a5 34 b5 34 af 12 00 00 ad 34 12 b1 10 b7 ff a3 03 a5 34
; bytes 000218: ad 34 12 af 34 12 00 4c 34 12 fc 34 12 f4 34 12 85 80 8d 80 12 af 12 00
; bytes 000230: 00 ad 12 00 af 12 00 01 a5 12 ad 34 12
