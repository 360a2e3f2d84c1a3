; .set on a label changes nothing, as in naken_asm.
; bytes 000010: 10
; warning W0401 6:12
.65816
.org 0x10
here: .set here = 5
  db here
