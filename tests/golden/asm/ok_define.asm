; Textual names: `K*2` is 2+3*2, as text.
; bytes 000000: 08 05 0c 07 a9 09 03 02 01
.65816
.org 0
K equ 2+3
.define DOUBLE(v) v+v
.define LONG 1 + \
   6
.equ ONE = 3
.def TWO = 2
#define LOAD lda.b
  db K*2, K, DOUBLE(6)
  db LONG
  LOAD #9
  db ONE, TWO
.undef ONE
.define ONE 1
  db ONE
; warning W0601 14:3
; warning W0603 12:3
