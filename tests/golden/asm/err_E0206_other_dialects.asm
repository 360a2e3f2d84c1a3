; Directives that other assemblers have, and processors that are none of ours.
; error E0206 6:1
; error E0206 7:1
; error E0206 8:1
.65816
.msp430
.dc.w 5
.asciz "x"
