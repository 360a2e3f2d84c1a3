; So does end alone.
; bytes 000000: ea
.65816
.org 0
  nop
end
  nop
; warning W0603 5:3
