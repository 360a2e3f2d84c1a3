; error E0501 3:9
; error E0501 4:7
  lda #1/0
  db 5%(2-2)
.define ZERO 0
  resb 1/ZERO
; error E0501 6:9
