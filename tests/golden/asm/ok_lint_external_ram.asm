; Code in the external RAM of the SXB that switches off what connects this RAM.
; board sxb
; bytes 000300: e2 20 9c 40 df a9 01 8d 40 df a9 f7 8d 27 df 80 fe
; warning W0605 8:3
; warning W0605 12:3
.org 0x300
  sep #0x20
  stz 0xdf40
  lda.b #1
  sta 0xdf40
  lda.b #0xf7
  sta 0xdf27
loop: bra loop
