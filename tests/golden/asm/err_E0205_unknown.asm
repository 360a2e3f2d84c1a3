; error E0205 4:3
; error E0205 5:1
; error E0205 6:3
  ldaa #1
loop lda #1
  frob 1, 2
