.org 0
.data_fill 0, 0x8000
.org 0x4000
.data_fill 0, 0x8000
