; error E0503 3:8
; error E0503 4:8
  db 1 << 64
  db 1 >> -1
