; led_blink: the eight LEDs of the Mensch Microcomputer blink in two groups of four, twice a second,
; and so do two LEDs of your own at port 0 (P03 and P04, each through a resistor to ground).
;
; It lives in the 74 bytes of on-chip RAM that the monitor leaves free, 00B6-00FF, and never
; returns: press RESET to get the monitor back.

.65816

.define PD0  0xdf00     ; port 0: data
.define PDD0 0xdf04     ; port 0: direction, 1 = output
.define PD7  0xdf23     ; port 7: data (output only)
.define PCS7 0xdf27     ; port 7: 0 = the pin shows PD7, 1 = the pin is a chip select
.define BCR  0xdf40     ; bit 0: 1 = ports 0-3 are the external bus

.define TURNS 46078     ; turns of the inner loop in 1/16 s: 5 cycles each, PHI2 = 3.6864 MHz

.org 0x00b6

start:
  sei                   ; nothing of the monitor's shall interrupt
  clc
  xce                   ; native mode
  sep #0x20             ; A is 8 bits wide
  rep #0x10             ; X and Y are 16 bits wide
  stz PCS7              ; all pins of port 7 show PD7
  stz BCR               ; ports 0-3 are ports, not the bus: the code runs from on-chip RAM
  lda.b #0x18
  sta PDD0              ; P03 and P04 are outputs, adjacent pins of the two groups
  lda.b #0x0f           ; the lower group is on

show:
  sta PD7
  sta PD0

  ldy #4                ; a quarter of a second
sixteenth:
  ldx #TURNS
wait:
  dex
  bne wait
  dey
  bne sixteenth

  eor.b #0xff           ; the other group's turn
  bra show
