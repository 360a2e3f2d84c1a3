; error E0201 6:12
; error E0201 7:9
; error E0201 8:9
; error E0201 9:4
; error E0201 10:7
  lda (5+1)*2
  ldx 5,z
  lda 5 6
lda.q 5
  nop )
  )
; error E0201 11:3
