; morse: all LEDs call SOS.
;
; `lamps` holds times in units of 100 ms, in turn with the LEDs high and low; 0 ends it: a dot is one
; unit, a dash three, three are between letters and seven between words.
;
; From 00B6, in on-chip RAM; press RESET to get the monitor back.

.65816

.include "w65c265.inc"

.define UNIT 18432             ; turns of 5 cycles in a quarter of a unit, PHI2 = 3.6864 MHz

.org 0x00b6

start:
  sei                   ; nothing of the monitor's shall interrupt
  clc
  xce                   ; native mode
  sep #0x20             ; A is 8 bits wide
  rep #0x10             ; X and Y are 16 bits wide
  stz PCS7              ; all pins of port 7 show PD7
again:
  stz PD7
  ldx.w #lamps
next:
  lda 0,x
  beq again             ; behind the last
  asl
  asl                   ; quarters
  pha
  lda PD7
  eor.b #0xff
  sta PD7
  pla
quarter:
  ldy.w #UNIT
wait:
  dey
  bne wait
  dec
  bne quarter
  inx
  bra next

lamps:
  db 1,1, 1,1, 1,3      ; S
  db 3,1, 3,1, 3,3      ; O
  db 1,1, 1,1, 1,7      ; S, and between words
  db 0
