; error E0604 7:7
; error E0604 8:14
; error E0604 9:8
; error E0604 10:15
; error E0604 11:9
.org 0x200
 resb -1
.align_bytes 1025
.align 12
.data_fill 1, -1
.repeat -1
.endr
