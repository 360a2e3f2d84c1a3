.if below
.endif
below:
