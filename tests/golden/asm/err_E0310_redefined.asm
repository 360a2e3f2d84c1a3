; error E0310 6:9
; error E0310 9:8
.define K 1
.define K 1
; a second time the same is no error
.define K 2
.macro m
.endm
.macro m
.endm
