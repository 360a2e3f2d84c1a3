  .error "this board is not known"
  .error
.macro check(n)
.if n > 3
  .error "at most 3"
.endif
.endm
  check(4)
; error E0355 1:3
; error E0207 2:9
; error E0355 5:3
; note 8:3
