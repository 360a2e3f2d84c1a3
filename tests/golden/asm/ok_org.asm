; org: any address of 24 bits, backwards too; what is left between stays empty.
; bytes 000100: 03 04
; bytes 000200: 01
; bytes fffffe: 02 05
.65816
org 0x200
  db 1
.org 0xfffffe
  db 2
  db 5
#org 0x100
  db 3
ORG $
  db 4
