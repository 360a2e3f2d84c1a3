; error E0505 6:3
; error E0505 7:3
; error E0505 8:3
; error E0505 9:3
; error E0505 10:3
  sta #5
  ldx 5,x
  cop 5
  cop
  pei 0x12
