; A number with a point that no double can hold.
; error E0502 4:6
.65816
  dd 1.0e999
  dq 1.0e300
