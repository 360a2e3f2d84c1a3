.if 1
.macro close
.endif
.endm
 close
