; error E0302 2:1
.if 1
  nop
