 bra 0x7fffffffffffffff
