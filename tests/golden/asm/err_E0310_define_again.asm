; A text constant keeps its text; the same text again is no matter.
; error E0310 7:1
; note 4:1
K equ 1
K equ 1
L equ 0x10
K equ 2
.define L $10
