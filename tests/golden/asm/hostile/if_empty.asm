.if
 nop
.endif
