; error E0304 2:1
.endm
