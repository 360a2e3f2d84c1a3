; Sections: their parts stand together, one section behind the other in its area.
.65816
.memory RAM = 0x0200..0x02ff
.memory ZP = 0x10 .. 0x1f
.section code, RAM
start: lda count
  jmp next
.section vars, ZP
count: resb 1
.section data, RAM
table: dw start, next, table, more
.section code
next: lda table
  jmp start
.section vars
more: resw 1
.section data, RAM
  db 0xff
; bytes 000200: ad 10 00 4c 06 02 ad 0c 02 4c 00 02 00 02 06 02 0c 02 11 00 ff
