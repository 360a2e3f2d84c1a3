; hello: prints a line by the monitor's PUT_STR, then gives the prompt back by BRK.

.65816

.include "monitor.inc"

.org 0x00b6

start:
  lda.b #text >> 16     ; A = bank, X = address: what PUT_STR takes
  ldx.w #text & 0xffff
  jsl PUT_STR
  brk #0                ; back to the monitor, with a register dump

text:
  db 13, "Hello, world!", 13, 0
