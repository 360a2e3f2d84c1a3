.if 1
.end
.endif
