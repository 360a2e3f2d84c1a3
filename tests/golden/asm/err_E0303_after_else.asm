; error E0303 5:1
; error E0303 6:1
.if 0
.else
.else
.elseif 1
.endif
