; equ is text, the whole rest of the line; .equ and .def take `=`; # works as the dot does.
; bytes 000000: 08 05 03 04 05 07 a9 01
.65816
.org 0
K equ 2+3             ; the comment is no part of it
.equ ONE = 3
.def TWO = 4
#define THREE 5
#equ FOUR = 7
FIVE EQU lda.b #1
  db K*2, K, ONE, TWO, THREE, FOUR
  FIVE
; warning W0603 11:3
