; tones: a major third on the two tone generators for a second, then silence.
;
; CONTROL_TONES takes which generators in A and the counts of T5 and T6 in X and Y.  A tone has
; FCLK / 16 / (N + 1) Hz, so N is what the macro below says.

.65816

.include "monitor.inc"

.define FCLK 3686400
.define count(hz) ((FCLK / 16 + hz / 2) / hz - 1)

.org 0x00b6

start:
  lda.b #3              ; both on
  ldx.w #count(440)     ; A4
  ldy.w #count(550)     ; a major third above
  jsl CONTROL_TONES
  lda.b #12             ; about a second of 5-cycle turns
wait:
  ldx.w #0
turn:
  dex
  bne turn
  dec
  bne wait
  jsl CONTROL_TONES     ; A = 0: both off
  brk #0                ; back to the monitor, with a register dump
