; Numbers with a point in data of 32 and 64 bits, both byte orders.
; bytes 000000: 00 00 80 3f 00 00 20 c0 00 00 00 3f 00 00 00 00 00 00 f8 3f
; bytes 000014: 3f 80 00 00 bf e0 00 00 00 00 00 00
.65816
.org 0
  dc32 1.0, -2.5
  dd 5.0e-1
  dc64 1.5
.big_endian
  dl 1.0
  dq -0.5
