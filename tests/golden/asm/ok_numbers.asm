; Every way to write a number.
; bytes 000000: ab ab ab 0a 0a 0f 0a 10 a5 05 41 0a 27 22 00 5c 41 10 27 34 12
.65816
.org 0
  db 0xAB, $ab, 0abh, 0b1010, 1010b, 17q, 012
  db 1_6, 1010_0101b, %101, 'A', '\n', '\'', '"', '\0', '\\', "A"
  dw 10_000, 0x12_34
