.scope
.endf
