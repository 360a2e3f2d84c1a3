.if .a8
.endif
  sep #0x20
.if .a8 && .i8
.endif
.if .b8
.endif
; error E0351 1:5
; error E0351 4:12
; error E0201 6:5
