.ifdef
.endif
