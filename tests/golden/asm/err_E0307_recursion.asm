; error E0307 4:3
; error E0307 9:6
.macro m
  m
.endm
.define A B
.define B A + 1
  m
  db A
