 .if "a" < "bc"
.endif
