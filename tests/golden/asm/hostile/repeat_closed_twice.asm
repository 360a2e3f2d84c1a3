.repeat 3
 nop
.endr
.endr
