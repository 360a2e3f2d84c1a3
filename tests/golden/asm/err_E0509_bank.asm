; error E0509 5:7
; error E0509 6:7
.org 0x18000

  bra 0x8000
  brl 0x28000
