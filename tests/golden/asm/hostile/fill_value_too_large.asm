.data_fill 256, 2
