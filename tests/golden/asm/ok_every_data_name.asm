; Every name of the data directives, bare where naken_asm allows it, with a dot and with #.
; bytes 000000: 01 02 03 04 61 62 00 63 00 05 00 06 00 07 00 08 00 00 00 09 00 00 00 0a 00 00 00
; bytes 00001b: 0b 00 00 00 00 00 00 00 0c 00 00 00 00 00 00 00
; bytes 00002b: 0d 0e 0f 00 10 00 11 00 00 00 64 00
.65816
.org 0
  db 1
  dc8 2
  #dc8 3
  ascii 4, "a"
  asciiz "b", "c"
  dw 5
  dc16 6
  .dw 7
  dl 8
  dd 9
  dc32 10
  dq 11
  dc64 12
  .byte 13             ; ours from here
  .text 14
  .word 15
  .addr 16
  .long 17
  .asciiz "d"
