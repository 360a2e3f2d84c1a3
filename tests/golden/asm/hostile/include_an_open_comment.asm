.include "sub/open.inc"
 nop
