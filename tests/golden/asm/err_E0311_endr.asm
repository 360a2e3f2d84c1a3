; error E0311 2:1
.endr
