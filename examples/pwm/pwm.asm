; pwm: two groups of four LEDs fade against each other, by interrupts of timer 2.
;
; T2 interrupts 1920 times a second.  16 interrupts are a wave: LED 0 to 3 are high for as many of them as
; the level says, LED 4 to 7 for the others.  The level goes from 0 to 15 and back, each for four waves.
; The monitor's own interrupts stay on: its clock goes on, and NMI leads back to its prompt.
;
; The monitor starts programs in native mode with D = 0.

.65816

.include "w65c265.inc"
.include "monitor.inc"

.define FCLK 3686400
.define RATE 1920              ; T2 counts FCLK / 16

.org 0x00b6

start:
  rep #0x30
  lda.w #tick           ; the vector of T2 in RAM is a JML, its bank is 0
  sta UNIRQT2 + 1
  lda.w #FCLK / 16 / RATE - 1
  sta T2CL              ; low byte, then high byte, which loads the counter
  sep #0x20             ; A is 8 bits wide, X has 16 and counts the interrupts
  stz PCS7              ; all pins of port 7 show PD7
  lda.b #TER_T2
  tsb TER
  tsb TIER              ; the same bit
  cli
sleep:
  wai
  bra sleep

tick:                   ; the widths are those of `sleep`, which needs neither A nor flags
  lda.b #TIFR_T2
  sta TIFR              ; writing 1 takes the flag away
  inx
  rep #0x20
  txa                   ; bits 3-0 the phase of the wave, 9-6 the level, 10: it falls
  asl
  asl
  xba                   ; bits 13-6 are the low byte now
  sep #0x20
  bit.b #16
  beq rising
  eor.b #15
rising:
  and.b #15
  sta level
  txa
  and.b #15
  cmp level
  lda.b #0xf0
  bcs low
  lda.b #0x0f
low:
  sta PD7
  rti

level: db 0
