; button: counts how often a button between P64 and ground was pressed, in binary on the LEDs.
;
; P64 is pulled up; pressing makes a negative edge, which interrupts (NE64).  A button bounces for some
; milliseconds, when it is let go too: the handler waits until they are over and looks whether it is down.
; The monitor's own interrupts stay on; NMI leads back to its prompt.

.65816

.include "w65c265.inc"
.include "monitor.inc"

.define BOUNCE 7373            ; turns of 5 cycles: 10 ms at 3.6864 MHz

.org 0x00b6

start:
  clc
  xce                   ; native mode: in emulation the ROM's vectors restart the monitor
  rep #0x20
  lda.w #pressed        ; the RAM vector is a JML: opcode, and 24 bits of address
  sta EDGEIRQS + 1
  sep #0x20             ; A is 8 bits wide
  rep #0x10             ; X and Y are 16 bits wide
  stz EDGEIRQS + 3
  stz PCS7              ; all pins of port 7 show PD7
  stz PD7
  lda.b #EIER_NE64
  sta EIFR              ; an edge of before does not count; the bit is the same
  tsb EIER
  cli
sleep:
  wai
  bra sleep

pressed:
  sep #0x20
  rep #0x10
  pha
  phx
  ldx.w #BOUNCE
wait:
  dex
  bne wait
  lda PD6
  bit.b #0x10
  bne up
  inc PD7
up:
  lda.b #EIFR_NE64
  sta EIFR              ; writing 1 takes the flag away
  plx
  pla
  rti
