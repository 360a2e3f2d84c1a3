; error E0316 5:1
; error E0316 6:8
; error E0316 8:1
; A name is missing.
.define
.macro 5
.endm
.ifdef
.undef             ; not looked at: nobody knows whether it is meant
.endif
