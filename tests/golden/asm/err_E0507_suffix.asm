; error E0507 6:3
; error E0507 7:3
; error E0507 8:3
; error E0507 9:3
; error E0507 10:3
  ldy.l 5
  rep.w #5
  nop.b
  lda.w (5)
  bra.w 5
