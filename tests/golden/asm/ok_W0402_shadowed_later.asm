; A name used in a scope before it is defined there: the size came from the one outside.
; bytes 000200: ea ad 10 00
; warning W0402 10:1
; note 6:1
.org 0x200
x1: nop
.scope
 lda x1
.org 0x10
x1:
.ends
