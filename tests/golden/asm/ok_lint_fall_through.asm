; Code that runs into data, and what only looks like it.
.65816
.org 0x200
  lda 0x1234
table: db 1, 2
  beq one
  db 3
one: rts
  db 4
  jsr print
  db "text", 0        ; behind a call: its argument
  brk
  db 5                ; the signature
  db 0x2c             ; an instruction written as a byte
  lda 0x1234
  .data_fill 0xea, 4
two: bra two
  .align_bytes 16
print: rts
  nop
.org 0x300
  db 1
; bytes 000200: ad 34 12 01 02 f0 01 03 60 04 20 20 02 74 65 78 74 00 00 05 2c ad 34 12
; bytes 000218: ea ea ea ea 80 fe
; bytes 000220: 60 ea
; bytes 000300: 01
; warning W0601 4:3
; note 5:8
; warning W0601 6:3
; note 7:3
; warning W0201 12:3
