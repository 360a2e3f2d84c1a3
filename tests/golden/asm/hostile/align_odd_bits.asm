.align 13
