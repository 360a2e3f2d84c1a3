; error E0607 3:1
.repeat 2
.org 0x200
.endr
