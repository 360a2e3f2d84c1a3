.macro m(1)
.endm
