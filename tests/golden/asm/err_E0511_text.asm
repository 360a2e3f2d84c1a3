; error E0511 5:6
; error E0511 6:6
; error E0511 7:6
; error E0511 8:8
  dw "ab"
  db 1.5
  dw 1.5
  lda #"ab"
  varuint 1.5
; error E0511 9:11
