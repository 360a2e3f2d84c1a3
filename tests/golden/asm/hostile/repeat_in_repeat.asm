.repeat 1000
.repeat 1000
 nop
.endr
.endr
