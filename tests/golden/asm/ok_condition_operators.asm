; Conditions are full expressions: comparisons, && || !, arithmetic, any literals, text constants.
; bytes 000000: 01 02 03 04 05 06 07 08 09
.65816
.org 0
.define N 0x3
here = 0x10
.if N == 3
  db 1
.endif
.if 3 > 3 || 3 < 2
  db 0xff
.else
  db 2
.endif
.if 3 >= 3 && 2 <= 2
  db 3
.endif
.if N != 4
  db 4
.endif
.if N * 2 + 1 == 7 && (1 << 4) == here
  db 5
.endif
.if !defined(NOWHERE) && !0
  db 6
.endif
.if 'A' == 65
  db 7
.endif
.ifdef N
.ifndef NOWHERE
  db 8
.endif
.endif
.if 0
.ifndef NOWHERE
  db 0xff
.endif
  db 0xff
.ENDIF
  db 9
