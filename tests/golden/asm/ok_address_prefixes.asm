; < > ! before an address and .b .w .l behind the mnemonic choose the size; < and ! cut the value.
; bytes 000200: a5 34 ad 34 12 af 34 12 00 af 45 23 01 b5 34 bd 45 23 bf 12 00 00 a5 12 ad 12 00 af 12 00 00
; bytes 00021f: af 40 02 00 22 40 02 00 5c 40 02 00 20 40 02 8d 40 02
.65816
.org 0x200
  lda <0x1234
  lda !0x1234
  lda >0x1234
  lda >0x12345
  lda <0x1234,x
  lda !0x12345,x
  lda.l 0x12,x
  lda.b 0x12
  lda.w 0x12
  lda.l 0x12
  lda.l ahead           ; naken_asm refuses a forward label in another bank here
  jsl ahead
  jml ahead
  jsr ahead
  sta ahead
.org 0x240
ahead:
