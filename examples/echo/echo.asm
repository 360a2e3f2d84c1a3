; echo: gives back what is typed, a letter in the other case; ESC ends it.
;
; GET_CHR waits for a character and leaves it in A; PUT_CHR waits for room and keeps A.  Both work by the
; monitor's interrupts, so those stay on.

.65816

.include "monitor.inc"

.define ESC 27

.org 0x00b6

start:
  jsl GET_CHR
  cmp.b #ESC
  beq done
  pha
  and.b #0xdf           ; a-z become A-Z
  cmp.b #'A'
  bcc as_typed
  cmp.b #'Z'+1
  bcs as_typed
  pla
  eor.b #0x20           ; the other case
  bra send
as_typed:
  pla
send:
  jsl PUT_CHR
  bra start
done:
  brk #0                ; back to the monitor, with a register dump
