.org 0
 nop
.org 0
 nop
