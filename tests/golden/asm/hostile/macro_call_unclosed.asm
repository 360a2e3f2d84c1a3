.macro m(a)
 db a
.endm
 m(1
