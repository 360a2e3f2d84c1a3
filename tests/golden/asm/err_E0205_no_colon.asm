; The colon of a label is compulsory; `loop nop` is no label.
; error E0205 4:1
.65816
loop nop
