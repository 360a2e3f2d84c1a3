.org 0
.repeat 3
 nop
.endr
.org 2
 nop
