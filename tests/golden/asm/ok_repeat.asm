; .repeat copies the bytes of one assembly: $ and labels do not change.
; bytes 000200: 01 00 02 01 00 02 01 00 02 ea
; bytes 00020b: ea
; bytes 00020d: ea
.65816
.org 0x200
.repeat 3
  db 1
  dw $ - 1
.endr
.repeat 3
  nop
  resb 1
.endr
.repeat 0
  db 9
.endr
; warning W0601 12:3
