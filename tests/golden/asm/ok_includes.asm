; Found beside the including file; include guards work; binary files too.
; bytes 000000: 01 02 62 69 6e
.65816
.org 0
.include "inc/ok_part.inc"
.include "inc/ok_part.inc"
  db FROM_PART
.binfile "inc/three.bin"
