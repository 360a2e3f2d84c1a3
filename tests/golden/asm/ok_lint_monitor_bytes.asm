; A program whose own bytes lie in the monitor's RAM.
.65816
.org 0x00b0
loop: lda 0xb6
  jmp loop
.org 0x0100
  jmp loop
; bytes 0000b0: a5 b6 4c b0 00
; bytes 000100: 4c b0 00
; warning W0603 4:7
; warning W0604 7:3
