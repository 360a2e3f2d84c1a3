  bra -
- bra --
  bra +-
+ bra +
  lda.b ++
; error E0451 1:7
; error E0451 2:7
; error E0451 3:7
; error E0451 4:7
; error E0451 5:9
