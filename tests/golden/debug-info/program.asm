; one of everything that debug info speaks of; program.json is what is expected
.65816
.include "part.inc"
LIMIT = 10
.set turns = 1
.set turns = 2
.org 0xb6
start:
  sep #0x20
  pair(LIMIT)
text: db "ab", LIMIT
  resb 4
.repeat 3
  nop
.endr
.entry_point start
