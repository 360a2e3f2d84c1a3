; Branches, raw displacements, long jumps; jml and jsl are always long.
; bytes 008000: 80 fe d0 fc 80 05 82 0a 00 82 34 12 62 00 00 5c 00 80 00 22 20 80 00 5c 56 34 12 4c 20 80
.65816
.org 0x8000
start:
  bra start
  bne start
  bra #5
  brl last
  brl #0x1234
  per next
next = start + 0x0f
  jml start
  jsl end2
  jmp 0x123456
  jmp end2
last = 0x8013
end2 = 0x8020
