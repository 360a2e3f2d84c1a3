; A token that means nothing is the only error of its line and of what the line opens or defines.
; error E0202 13:5
; error E0202 20:10
; error E0202 24:9
; error E0202 28:5
; error E0202 29:8
; error E0202 31:11
; error E0202 32:10
; error E0208 34:5
; error E0401 39:7
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
