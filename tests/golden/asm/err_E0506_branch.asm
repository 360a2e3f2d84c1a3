; error E0506 3:12
; error E0506 5:7
start: bra far
  resb 126
  bra start
  resb 2
far:
