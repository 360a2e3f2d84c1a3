; error E0307 4:6
.define A B
.define B A + 1
  db A
