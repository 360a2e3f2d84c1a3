; error E0401 4:7
; error E0401 5:9
; error E0401 6:11
  lda nothing
  lda 5+nohow
  .export neither
  sta nothing        ; once is enough
