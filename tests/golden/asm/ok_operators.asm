; Every operator, with its neighbour in precedence: * / % then + - then << >> then & ^ |; unary - ~ + first.
; bytes 000000: 07 09 01 05 01 10 10 02 03 05 0f 07 ff fe 01 fb
; bytes 000010: 00 00 00 00 01 00 00 00
.65816
.org 0
  db 1+2*3, (1+2)*3, 7%4/3, 11-2*3, 9-8/1-4%4, 1<<3+1, 0x80>>2+1, 6&3, 1^2, 7&~2, 8^7
  db 1|2^4, -1, ~1, +1, -(2+3)
  dq 0xffffffff+1
