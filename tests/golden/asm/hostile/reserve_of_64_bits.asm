 resb 0xffffffffffffffff
