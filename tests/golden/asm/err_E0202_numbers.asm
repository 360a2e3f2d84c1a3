; error E0202 4:6
; error E0202 5:6
; error E0202 6:6
  db 0x12g
  db 089
  db 1__0
