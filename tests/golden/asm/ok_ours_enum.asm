; Enumerations, with and without a name.
.65816
.org 0x200
.enum Color
  RED
  GREEN               ; one more
  BLUE = 0x10
  WHITE
.endenum
.enum = 7
A1
A2
.endenum
  db Color.RED, Color.GREEN, Color.BLUE, Color.WHITE, A1, A2
; bytes 000200: 00 01 10 11 07 08
