.macro a(x=1, y)
.endm
.macro b(rest..., z)
.endm
.macro c(1)
.endm
.macro d(x y)
.endm
.function f(x=) = 1
.macro g(p, q=2)
.endm
  g
  g(1,2,3)
.macro h(p, more...)
.endm
  h
; error E0352 1:15
; error E0352 3:19
; error E0352 5:10
; error E0352 7:12
; error E0352 9:12
; error E0306 12:3
; error E0306 13:3
; error E0306 16:3
