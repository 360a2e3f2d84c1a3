; The entry address.
; bytes 000200: ea 18
; entry 000201
.65816
.entry_point start
.org 0x200
  nop
start: clc
