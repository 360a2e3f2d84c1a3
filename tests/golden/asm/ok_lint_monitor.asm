; Stores into what belongs to the monitor, by a program in the RAM of the board.
.65816
.org 0x00b6
  stz 0x10
  inc 0x11
  sta 0x0104          ; a vector
  stx 0x0150          ; free
  sta 0x0104,x        ; nobody knows where
  sta 0xdf23          ; a register
loop: bra loop
; bytes 0000b6: 64 10 e6 11 8d 04 01 8e 50 01 9d 04 01 8d 23 df 80 fe
; warning W0603 4:3
; warning W0604 6:3
