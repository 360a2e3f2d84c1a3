; error E0208 3:3
.define A 1 + \
  ` + 2
  nop
