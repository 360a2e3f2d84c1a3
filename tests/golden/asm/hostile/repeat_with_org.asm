.repeat 3
.org 5
.endr
