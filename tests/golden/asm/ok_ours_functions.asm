; Functions of values: their arguments and their text are wholes, and never mean indirection.
.65816
.org 0x200
.function twice(n) = n * 2
.function page(address) = address >> 8
.function between(low, high) = (high - low) / 2 + twice(low)
.function five() = 5
  db twice(1+2), 10 - twice(1+1), twice(twice(3))
  lda page($) + 1
  lda page(0x1234)
  sta twice(0x10), x
  lda (twice(4)), y
  ldx #between(2, 8) + five()
.if twice(3) == 6
  db 1
.endif
; bytes 000200: 06 06 0c a5 03 a5 12 95 20 b1 08 a2 0c 00 01
; warning W0601 13:3
; note 15:3
