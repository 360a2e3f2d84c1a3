; A branch reaches -128 to 127 bytes; brl and per reach the whole bank.
; error E0506 10:7
; error E0506 11:7
.65816
.org 0x200
far:
  resb 125
close:
  bra far + 1 - 1
  bne far + 300
  bra close - 124
  bra $ + 129
  bra $ - 126
  brl far + 0x7000
  per far + 0x7000
