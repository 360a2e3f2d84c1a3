; Data of all widths, both byte orders, strings.
; bytes 000000: 48 69 00 61 62 00 63 00 01 02 ff 80 34 12 fe ff 78 56 34 12 00 00 80 3f 00 00 00 00 00 00 f8 bf
; bytes 000020: 08 07 06 05 04 03 02 01 12 34 00 00 00 01 12 34 e5 8e 26 7f 00 c3 a9 01 00 02 00 03 00 00 00
.65816
.org 0
  db "Hi", 0
  asciiz "ab", "c"
  .db 1, 2, 255, -128,
  dw 0x1234, -2
  dl 0x12345678, 1.0
  dq -1.5, 0x0102030405060708
.big_endian
  dw 0x1234
  dd 1
  dc16 0x1234
.little_endian
  varuint 624485, 127
  ascii ""
  db 0, "é"
  .word 1
  .addr 2
  .long 3
