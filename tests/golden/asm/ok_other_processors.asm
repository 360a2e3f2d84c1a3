; Processor directives, in the middle of a file too; the encodings stay those of the 65816.
; bytes 000200: ea 1a eb
; warning W0101 8:1
; warning W0101 10:1
.65816
.org 0x200
  nop
.6502
  inc
.65832
.65C816
  xba
.65816
