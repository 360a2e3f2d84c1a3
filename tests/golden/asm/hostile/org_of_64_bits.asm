.org 0xffffffffffffffff
 nop
