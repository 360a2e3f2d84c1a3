.if nowhere
.endif
