; .binfile: the bytes of a file, where they stand.
; bytes 000200: ea 62 69 6e 62 69 6e 07 02
.65816
.org 0x200
  nop
.binfile "inc/three.bin"
#binfile "inc/three.bin"
  dw after - 2
after:
; warning W0601 5:3
