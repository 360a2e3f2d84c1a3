.ifdef 5
.endif
