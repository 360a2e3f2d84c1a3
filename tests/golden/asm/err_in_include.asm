; error E0401 inc/bad_part.inc:2:7
; note 4:1
.org 0
.include "inc/bad_part.inc"
