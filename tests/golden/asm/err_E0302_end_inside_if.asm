; The source ends in the middle of a conditional.
; error E0302 4:1
.65816
.if 1
  nop
.end
.endif
