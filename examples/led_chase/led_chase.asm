; led_chase: one lit LED runs over port 7, from LED 0 to LED 7 and from there to LED 0 again,
; eight steps a second.
;
; From 00B6, in on-chip RAM; press RESET to get the monitor back.

.65816

.define PD7   0xdf23    ; port 7: data (output only)
.define PCS7  0xdf27    ; port 7: 0 = the pin shows PD7, 1 = the pin is a chip select
.define TURNS 46077     ; turns of the inner loop in 1/16 s: 5 cycles each, PHI2 = 3.6864 MHz

.org 0x00b6

start:
  sei                   ; nothing of the monitor's shall interrupt
  clc
  xce                   ; native mode
  sep #0x20             ; A is 8 bits wide
  rep #0x10             ; X and Y are 16 bits wide
  stz PCS7              ; all pins of port 7 show PD7

first:
  lda.b #0x01           ; LED 0

show:
  sta PD7

  ldy #2                ; an eighth of a second
sixteenth:
  ldx #TURNS
wait:
  dex
  bne wait
  dey
  bne sixteenth

  asl                   ; the next LED
  bne show
  bra first             ; it ran off the end
