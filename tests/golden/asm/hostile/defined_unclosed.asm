 .if defined(X
.endif
