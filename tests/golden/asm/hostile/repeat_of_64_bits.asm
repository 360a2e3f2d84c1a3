.repeat 0x7fffffffffffffff
 nop
.endr
