; A macro may call itself, but not for ever.
.macro m(n)
  m(n+1)
.endm
  m(1)
; error E0308 3:3
; note 3:3
; note 5:3
