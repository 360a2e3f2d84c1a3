; Labels that are reached with two widths: told where it matters, and only there.
.65816
.org 0x200
  rep #0x30
  cmp 0x10
  beq wide
  sep #0x20
wide:                 ; A has 8 or 16 bits
  sta 0x20
  rep #0x30
again:
  nop                 ; nothing here depends on X
  ldx #3
  sep #0x10
  bne again           ; 8 bits there, 16 from above
fine:
  rep #0x10           ; sets it itself
  dex
  sep #0x10
  bne fine
  sep #0x20
  jsr keeps
  rep #0x30
  jsr keeps
  jsr agnostic
  sep #0x30
  jsr agnostic
  stp
keeps:
  sta 0x30
  rts
agnostic:
  php
  sep #0x30
  stz 0x30
  plp
  rts
; bytes 000200: c2 30 c5 10 f0 02 e2 20 85 20 c2 30 ea a2 03 00 e2 10 d0 f8 c2 10 ca e2
; bytes 000218: 10 d0 f9 e2 20 20 2e 02 c2 30 20 2e 02 20 31 02 e2 30 20 31 02 db 85 30
; bytes 000230: 60 08 e2 30 64 30 28 60
; warning W0502 8:1
; note 7:3
; note 6:3
; note 9:3
; warning W0502 11:1
; note 15:3
; note 10:3
; note 13:3
; warning W0502 29:1
; note 22:3
; note 24:3
; note 30:3
