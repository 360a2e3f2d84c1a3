; Accepted without effect on the bytes: what concerns listings, other outputs and other processors.
; bytes 000200: ea
.65816
.org 0x200
.list
.pragma whatever it says
.device "W65C265S"
.low_address 0x200
.high_address 0x2ff
.export start
.code
start: nop
