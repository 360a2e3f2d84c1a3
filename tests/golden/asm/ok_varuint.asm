; varuint and varuint32: LEB128, seven bits to a byte, the low ones first.
; bytes 000000: 00 7f 80 01 ff 7f 80 80 01 e5 8e 26 ff ff ff ff 0f
.65816
.org 0
  varuint 0, 127, 128
  .varuint 0x3fff, 0x4000
  varuint32 624485, 0xffffffff
