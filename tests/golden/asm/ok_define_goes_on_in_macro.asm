; A definition in a macro sees the parameters on all its lines.
; bytes 000000: 05
.65816
.org 0
.macro sum(a, b)
.define S a + \
  b
  db S
.endm
  sum(2, 3)
