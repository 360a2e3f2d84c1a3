; What the parts of a failed condition would have defined is not missed further down.
; error E0315 8:5
; error E0501 15:15
; error E0306 21:5
; error E0207 28:9
; error E0401 30:7
.65816
.if nowhere
label:
  first = 1
.macro second
.endm
.endif
.if 0
.elseif 1 == 1/0
.set third = 1
fourth equ 1
#define FIFTH 1
.endif
.define F(a) a
.if F(1, 2)
.endif
.if 1
.else
.if F(1
.endif
.endif
.repeat F(
.endr
  lda nothing
  lda label + first
  second
  lda third + fourth + FIFTH
