; < > ^ stand first in an operand only, and ^ before an immediate only.
; error E0201 8:6
; error E0201 9:9
; error E0201 10:7
; error E0201 11:9
.65816
.org 0x200
  db <0x1234
  lda 1+>5
  lda ^0x123456
  dw 1, >2
