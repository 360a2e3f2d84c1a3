; .bss shares the one address counter; directives of other outputs are accepted.
; bytes 000200: ea
; bytes 000205: ea
.65816
.org 0x200
.list
.pragma anything goes "here"
.low_address 0x200
.high_address 0x2ff
.export first
.code
first: nop
.bss
  resb 4
.code
  nop
