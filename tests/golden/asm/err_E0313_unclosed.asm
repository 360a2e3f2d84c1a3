; error E0313 4:1
; error E0313 5:1
; error E0313 6:1
.repeat 2
.scope
.func f
