.dp 0x1000
.dbr 2
  lda.b 0x12
  lda (0x20), y
  sta.w 0x1234
  lda.w 0x021234
.dp off
  lda (0x20)
.dp 0x10000
.dbr 0-1
.dp
.dp 1, 2
.dp later
.auto maybe
later:
; error E0551 3:9
; error E0551 4:8
; error E0552 5:9
; error E0551 8:8
; error E0604 9:5
; error E0604 10:6
; error E0306 11:1
; error E0306 12:1
; error E0403 13:5
; error E0201 14:7
