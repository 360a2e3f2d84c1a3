; .fill, .incbin, and what the source says.
.65816
.org 0x200
  .fill 3
  .fill 2, 0xea
  .incbin "inc/three.bin"
  .incbin "inc/three.bin", 1
  .incbin "inc/three.bin", 1, 1
  .warning "mind the gap"
.if 0
  .error "not here"
.endif
; bytes 000200: 00 00 00 ea ea 62 69 6e 69 6e 69
; warning W0351 9:3
