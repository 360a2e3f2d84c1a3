; A constant that waits for a label below it is defined all the same.
; bytes 000200: 01 02
.65816
.org 0x200
later = below + 1
.ifdef later
  db 1
.endif
.if defined(later) && !defined(below)
  db 2
.endif
below:
