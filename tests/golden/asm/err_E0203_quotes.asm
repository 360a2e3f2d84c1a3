; error E0203 3:6
; error E0203 4:6
  db "open
  db 'a
