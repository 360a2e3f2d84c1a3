; error E0302 4:1
.macro m
; an .if cannot be closed by another text
.if 1
.endm
  m
