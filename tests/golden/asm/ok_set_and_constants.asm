; .set may change, `=` may come later than its use.
; bytes 000200: 01 02 0a 0b ad 34 12 a5 12
.65816
.org 0x200
.set n = 1
  db n
.set n = n + 1
  db n
  db ten, ten + 1
ten = five * 2
five = 5
now = 0x12
  lda later
  lda now
later = 0x1234
