.data_fill 0, -1
