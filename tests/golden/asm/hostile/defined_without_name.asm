 .if defined()
.endif
