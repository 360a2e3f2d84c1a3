.org 0xfffffe
 resb 2
 nop
