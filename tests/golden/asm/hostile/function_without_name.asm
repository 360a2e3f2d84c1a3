.func
.endf
