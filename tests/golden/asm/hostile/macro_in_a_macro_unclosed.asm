.macro m
.macro n
.endm
 m
