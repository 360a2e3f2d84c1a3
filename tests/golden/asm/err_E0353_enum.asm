.enum One
  RED 5
  BLUE = nowhere
.enum
.endenum
.endenum
; error E0353 2:7
; error E0403 3:10
; error E0353 4:1
