.data_fill 0, 0x7fffffffffffffff
