; error E0403 5:8
; error E0403 6:5
; error E0403 7:9
; error E0403 8:17
  resb later
org later
.repeat later
.data_fill 0, 1+later
.endr
later:
