.org 0x200
first: nop
.org 0x210
last: nop
  .checksum sum8, first, last
; error E0652 5:3
