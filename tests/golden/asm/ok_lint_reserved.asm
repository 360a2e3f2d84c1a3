; Reserved bytes that get a value from elsewhere.
.65816
.org 0x200
  nop
  stp
buffer: resb 4
.org 0x204
  db 1
.org 0x206
free: resw 2
other: resb 1
; bytes 000200: ea db
; bytes 000204: 01
; warning W0602 6:9
; note 8:3
