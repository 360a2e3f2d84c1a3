5: nop
