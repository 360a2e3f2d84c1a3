.repeat -5
 nop
.endr
