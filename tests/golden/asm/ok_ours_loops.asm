; Lines several times: with a counter, nested, as long as a condition holds.
.65816
.org 0x200
.rept 3
  nop
.endr
.rept 3, i
  db i, $ & 0xff
.rept i, j
  db 0x10*i+j
.endr
.endr
.set n = 5
.while n > 2
  db n
.set n = n - 1
.if n == 3
  db 0xff
.endif
.endw
.while n > 100
  never assembled
.endw
.macro table(count, what)
@start:
.rept count, k
@entry: db k*what, @entry - @start
.endr
.endm
  table(3, 2)
  table(2, 5)
.rept 0
  .error "never"
.endr
.rept 2, i
  .repeat 2
  db i
  .endr
.endr
main:
.rept 2
  beq @out
  dex
.endr
@out: rts
; bytes 000200: ea ea ea 00 04 01 06 10 02 09 20 21 05 04 ff 03 00 00 02 02 04 04 00 00
; bytes 000218: 05 02 00 00 01 01 f0 04 ca f0 01 ca 60
; warning W0601 5:3
; note 8:3
; note 4:1
