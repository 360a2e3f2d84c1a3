; A label stands once; names are case-sensitive.
; error E0402 6:1
; note 5:6
.65816
one: two: One:
two: nop
