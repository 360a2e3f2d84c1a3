.repeat below
 nop
.endr
below:
