; error E0402 6:1
; error E0402 5:1
; error E0402 8:7
here:
here:
here = 5
there = 1
.func there
.endf
