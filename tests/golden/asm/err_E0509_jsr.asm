; jsr stays in its bank; a target in another one is known to be there.
; error E0509 5:7
.65816
.org 0x200
  jsr $12345
