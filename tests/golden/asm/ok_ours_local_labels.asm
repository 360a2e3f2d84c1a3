; @name belongs to the plain label above it, and in a macro to the call.
.65816
.org 0x200
.macro wait(n)
  ldx #n
@loop: dex
  bne @loop
inside:
@loop2: bra @loop2
.endm
@before: bra @before
first:
  bne @done
@loop: dey
  bne @loop
@done: rts
second: bne @done
@loop: dey
  bne @loop
  wait(2)
  bra @loop
@done: rts
.scope
third: bra @loop
@loop: bra third
.ends
last: @loop: bra @loop
; bytes 000200: 80 fe d0 03 88 d0 fd 60 d0 0d 88 d0 fd a2 02 00 ca d0 fd 80 fe 80 f3 60
; bytes 000218: 80 00 80 fc 80 fe
