; Arguments are text: (1+2)*2 is not the same as 1+2 put before *2; strings and registers are arguments too.
; bytes 000200: 06 05 03 a9 01 bd 34 12 b9 34 12 2c 00 61 00 07
.65816
.org 0x200
.macro twice(v)
  db v*2
.endm
.macro both(one, two)
  twice(one)
  db two
.endm
.macro from(place, index)
  lda place,index
.endm
.macro op(name, value)
  name.b #value
.endm
  twice((1+2))
  both(1+2, 3)
  op(lda, 1)
  from(0x1234, x)
  from(0x1234, y)
.macro put(text)
  asciiz text
.endm
  put(",")
  put("a")
.macro nothing()
  db 7
.endm
  nothing()
; warning W0601 13:3
