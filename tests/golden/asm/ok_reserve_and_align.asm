; resb, resw and .align move the address and emit nothing.
; bytes 000200: ea
; bytes 000209: ea
; bytes 000210: ea
; bytes 000220: aa aa aa ea
.65816
.org 0x200
  nop
  resb 4
  resw 2
  nop
  .align 64
  nop
  .align_bytes 16
  .data_fill 0xaa, 3
  nop
  .align_bits 64
; warning W0601 16:3
