; Other names of mnemonics.  A macro or label may still have them.
.65816
.org 0x200
.macro tad
  nop
.endm
back: bge back
  blt back
  tas
  tsa
  swa
  tad                 ; the macro
  tda
  ina
  DEA
  cpa.b #5
  bra cpa
ina: ina
cpa: rts
; bytes 000200: b0 fe 90 fc 1b 3b eb ea 7b 1a 3a c9 05 80 01 1a 60
