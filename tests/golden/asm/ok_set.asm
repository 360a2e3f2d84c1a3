; .set: a symbol that may change; each use sees the value that was set last.
; bytes 000200: 01 02 a5 10 ad 34 12 03
.65816
.org 0x200
.set n = 1
  db n
.set n = n + 1
  db n
.set n = 0x10
  lda n
.SET n = 0x1234
  lda n
#set n = 3
  db n
; warning W0601 12:3
