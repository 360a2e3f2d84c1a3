; error E0207 5:8
; error E0207 6:8
; error E0207 7:5
; error E0201 8:12
  lda #
  db 1+
  db
  lda (5),y+
  sta (5
; error E0207 9:9
