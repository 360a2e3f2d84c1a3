; error E0312 4:1
.repeat 2
  nop
.repeat 2
  nop
.endr
.endr
