.bss
 nop
