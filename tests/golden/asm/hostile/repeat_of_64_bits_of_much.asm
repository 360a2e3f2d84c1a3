.repeat 0xffffffffffffffff
.data_fill 0, 0x1000000
.endr
