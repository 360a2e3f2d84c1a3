.org 0x1000000
 nop
