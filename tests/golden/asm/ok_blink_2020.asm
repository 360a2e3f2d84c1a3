; The sample of the 2020 blog posts, as it stands.
; bytes 0000b6: 78 18 fb e2 20 c2 10 a9 00 8d 27 df a9 aa 8d 23 df a2 ff 7f ca d0 fd 80 f3
.65816
.define PCS7 0xdf27
.define PD7 0xdf23
.org 0x00b6
main:
  sei
  clc
  xce
  sep #0x20
  rep #0x10
  lda.b #0x00
  sta PCS7
loop: lda.b #0xAA
  sta PD7
  ldx #0x7fff
delay: dex
  bne delay
  bra loop
