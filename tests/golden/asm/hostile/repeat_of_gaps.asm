.org 0
.repeat 5000000
 nop
 resb 1
.endr
