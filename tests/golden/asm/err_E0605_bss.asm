; error E0605 4:3
; error E0605 5:3
.bss
  db 1
  nop
  resb 1
