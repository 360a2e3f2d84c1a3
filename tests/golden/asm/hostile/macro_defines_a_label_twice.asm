.macro m
here: nop
.endm
 m
 m
