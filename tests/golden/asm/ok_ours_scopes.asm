; Scopes with names: what is inside can be used from outside, above and below.
.65816
.org 0x200
  jsr print.start
  lda print.far.count
.scope print
length = 5
start: ldx #length
.scope far
count: db 1
  lda count
.ends
  lda.w far.count
  rts
.ends
.func send
  bra done
done: rts
.endf
  jmp send.done
  lda #print.length + print.far.count
.scope two
.scope print
start = 0x12
.ends
  lda print.start
.ends
; bytes 000200: 20 06 02 ad 09 02 a2 05 00 01 ad 09 02 ad 09 02 60 80 00 60 4c 13 02 a9
; bytes 000218: 0e 02 a5 12
; warning W0601 8:8
; note 10:8
