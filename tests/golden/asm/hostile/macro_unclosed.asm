.macro m
 nop
