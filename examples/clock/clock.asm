; clock: prints the time once a second, in place, until a key is pressed.
;
; The monitor's clock counts by the interrupt of timer 1, so interrupts stay on.  READ_TIME writes
; HH:MM:SS and a 00 to nine bytes in bank 0, just what PUT_STR takes.

.65816

.include "monitor.inc"

.org 0x00b6

start:
  lda MON_SECS
  cmp shown
  beq key               ; the second is still the same
  sta shown
  ldx.w #line + 1
  jsl READ_TIME
  lda.b #0              ; bank of the text
  ldx.w #line
  jsl PUT_STR
key:
  jsl GET_BYTE_FROM_PC
  bcs start             ; C = 1: no key yet
  brk #0                ; back to the monitor, with a register dump

shown:
  db 0xff               ; no second: the first one is shown at once
line:
  db 13                 ; back to the start of the line
  db 0, 0, 0, 0, 0, 0, 0, 0, 0  ; the time
