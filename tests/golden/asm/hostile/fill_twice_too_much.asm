.org 0
.data_fill 0, 0x900000
.org 0
.data_fill 0, 0x900000
