.data_fill 0, 0x1000001
