; A condition behind .elseif sees the parameters of its macro.
; bytes 000000: 01 02 03
.65816
.macro M(n)
.if n == 1
  db 1
.elseif n == 2
  db 2
.else
  db 3
.endif
.endm
  M(1)
  M(2)
  M(3)
