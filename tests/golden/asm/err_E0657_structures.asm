.struct One
  db 1
  nop
x: resb 1
.org 5
.endunion
.endstruct
.endstruct
.struct One
.endstruct
.union
.endunion
.struct
.endstruct
.struct Open
; error E0657 2:3
; error E0657 3:3
; error E0657 5:1
; error E0314 6:1
; error E0314 8:1
; error E0402 9:9
; error E0316 11:1
; error E0207 13:8
; error E0313 15:1
