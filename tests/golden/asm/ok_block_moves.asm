; The bytes in the order in which they stand: the destination bank comes first.
; bytes 000200: 54 12 34 44 01 00 54 01 02
.65816
.org 0x200
  mvn 0x12, 0x34
  mvp 1,0
  mvn #1, #2
