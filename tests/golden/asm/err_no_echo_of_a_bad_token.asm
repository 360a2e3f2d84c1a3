; A token that means nothing is the only error of its line and of what the line opens or defines.
; error E0202 14:5
; error E0202 21:10
; error E0202 25:9
; error E0202 29:5
; error E0202 30:8
; error E0202 32:11
; error E0202 33:10
; error E0208 35:5
; error E0401 40:7
; error E0208 41:8
.65816
.org 0x200
.if 12z
inside:
  nop
.else
inside:
.define TEXT_INSIDE 5
.endif
.macro m(12z)
  nop
.endm
  m(1)
.repeat 1x
  nop
.endr
  lda inside
k = 1x
.set v 1x
  lda k + v
.define T 1x
.set w = 1x
  db T, w
foo @ bar "
  lda T
  lda #TEXT_INSIDE
  m(2)
  lda.b v
  lda nothing
.macro `n
  nop
.endm
  n(1)
