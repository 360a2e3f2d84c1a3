.macro m(a, b
.endm
