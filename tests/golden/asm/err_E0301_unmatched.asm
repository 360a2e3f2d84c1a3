; error E0301 4:1
; error E0301 5:1
; error E0301 6:1
.endif
.else
.elseif 1
