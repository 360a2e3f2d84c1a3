.func 5
.endf
