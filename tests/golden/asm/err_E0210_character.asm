; error E0210 3:9
; error E0210 4:9
  lda.b 'ab'
  lda.b 'é'
