; counter: eight LEDs of your own on port 0 count in binary, 16 times a second.
;
; Each LED hangs on a pin P00 to P07 with its resistor; port 0 is free while the bus is off (BCR bit 0).
;
; From 00B6, in on-chip RAM; press RESET to get the monitor back.

.65816

.include "w65c265.inc"

.define TURNS 46077            ; turns of 5 cycles in 1/16 s, PHI2 = 3.6864 MHz

.org 0x00b6

start:
  sei                   ; nothing of the monitor's shall interrupt
  clc
  xce                   ; native mode
  sep #0x20             ; A is 8 bits wide
  rep #0x10             ; X and Y are 16 bits wide
  lda.b #BCR_BUS
  trb BCR               ; ports 0 to 3 are ports
  stz PD0
  lda.b #0xff
  sta PDD0              ; all outputs
next:
  ldx.w #TURNS
wait:
  dex
  bne wait
  inc PD0
  bra next
