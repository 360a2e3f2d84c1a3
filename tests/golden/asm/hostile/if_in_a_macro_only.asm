.macro open
.if 1
.endm
 open
.endif
