.macro a1
 b1
.endm
.macro b1
 a1
.endm
 a1
