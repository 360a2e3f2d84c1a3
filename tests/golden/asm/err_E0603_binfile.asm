; Bytes of files count against the limit of the image, however often.
; error E0603 11:1
.65816
.org 0
.data_fill 1, 0x800000
.org 0
.data_fill 1, 0x400000
.org 0
.data_fill 1, 0x400000
.org 0
.binfile "inc/three.bin"
.binfile "inc/three.bin"
