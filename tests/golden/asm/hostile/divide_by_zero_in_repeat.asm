.repeat 1%0
 nop
.endr
