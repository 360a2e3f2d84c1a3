; Macros, nested, with arguments by text, conditionals and scopes inside.
; bytes 000000: a9 05 a9 05 ea a9 02 ea 88 d0 fd 88 d0 fd 06 ea
.65816
.org 0
.macro load(v)
  lda.b #v
.endm
.macro twice(a, b)
  load(a)
  load((a + b) - b)
.if b == 3
  nop
.endif
.endm
.macro wait
.scope
again: dey
  bne again
.ends
.endm
  twice(5, 3)
  load(2)
  nop
  wait
  wait
.macro bytes(list)
  db list
.endm
  bytes((1+2)*2)
start: nop
; warning W0601 18:3
; warning W0603 6:3
