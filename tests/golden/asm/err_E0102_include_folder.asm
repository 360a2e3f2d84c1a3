; error E0102 3:10
; A folder is no source.
.include "inc"
