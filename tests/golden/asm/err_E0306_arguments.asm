; error E0306 9:2
; error E0306 10:2
; error E0306 11:6
.macro m(a)
  db a
.endm
.define F(a, b) a + b
; naken_asm says so too, but exits with 0
 m
 m(1, 2)
  db F(1)
