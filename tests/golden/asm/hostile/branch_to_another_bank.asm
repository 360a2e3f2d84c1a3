.org 0
 bra 0x10000
