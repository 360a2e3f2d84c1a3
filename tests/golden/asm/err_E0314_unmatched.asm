; error E0314 4:1
; error E0314 6:1
.scope
.endf
.ends
.ends
