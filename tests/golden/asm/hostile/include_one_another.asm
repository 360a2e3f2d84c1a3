.include "sub/back.inc"
