; Where the direct-page form does not exist the absolute one is taken, indexed too (naken_asm refuses that).
; bytes 000200: 20 10 00 f4 12 00 b9 10 00 99 10 00 79 10 00 be 10 00 b6 10 4c 10 00 b9 10 00 9c 10 00 5c 10 00 00
.65816
.org 0x200
  jsr 0x10
  pea 0x12
  lda 0x10,y
  sta 0x10,y
  adc 0x10,y
  ldx.w 0x10,y
  ldx 0x10,y
  jmp 0x10
  lda.w 0x10,y
  stz.w 0x10
  jml 0x10
