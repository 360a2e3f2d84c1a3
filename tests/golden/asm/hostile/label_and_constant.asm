k = 1
k: nop
