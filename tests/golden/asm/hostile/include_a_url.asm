.include "http://localhost/x.inc"
