; Defaults, a parameter that takes the rest, and macros that call themselves.
.65816
.org 0x200
.macro put(a, b=5, c=b+1)
  db a, b
.endm
.macro bytes(first, more...)
  db first, more_count
.if more_count > 0
  bytes(more)
.endif
.endm
.macro all(more...)
  db more_count
.if more_count
  db more
.endif
.endm
.macro countdown(n)
.if n > 0
  db n
  countdown(n-1)
.endif
.endm
  put(1)
  put(1, 2)
  put((3), 'x', 7)
  bytes(1, 2+3, "x")
  all()
  all
  all(9, 8)
  countdown(4)
; bytes 000200: 01 05 01 02 03 78 01 02 05 01 78 00 00 00 02 09 08 04 03 02 01
