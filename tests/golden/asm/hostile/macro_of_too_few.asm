.macro m(a, b)
 db a, b
.endm
 m(1)
