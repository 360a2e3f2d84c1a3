; error E0305 2:1
.macro m
  nop
