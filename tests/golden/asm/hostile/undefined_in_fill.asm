.data_fill 0, nowhere
