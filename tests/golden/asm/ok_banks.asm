; Code in other banks: jsr and jmp stay in their bank, branches see it.
; bytes 018000: 60 80 fd 20 00 80 20 0f 80 5c 00 80 01 ea ea 4c 12 80 ea
.65816
.org 0x018000
back: rts
  bra back
  jsr back
  jsr ahead
  jmp back
  nop
  nop
ahead: jmp last
last: nop
