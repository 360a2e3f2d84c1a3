😀: nop
