; Mnemonics that no other example has, with the opcodes of the data sheet.
; bytes 000200: 30 fe 10 fe 70 fe d8 58 b8 c8 48 8b 0b 4b da 5a 68 ab 2b fa 7a
; bytes 000215: 40 f8 aa a8 5b 1b 7b 3b ba 8a 9a 9b 98 bb cb
; bytes 000224: 49 34 12 09 34 12 84 12 8c 34 12 14 12 04 12
.65816
.org 0x200
  bmi $
  bpl $
  bvs $
  cld
  cli
  clv
  iny
  pha
  phb
  phd
  phk
  phx
  phy
  pla
  plb
  pld
  plx
  ply
  rti
  sed
  tax
  tay
  tcd
  tcs
  tdc
  tsc
  tsx
  txa
  txs
  txy
  tya
  tyx
  wai
  eor #0x1234
  ora #0x1234
  sty 0x12
  sty 0x1234
  trb 0x12
  tsb 0x12
