.include "sub/macro.inc"
.endm
