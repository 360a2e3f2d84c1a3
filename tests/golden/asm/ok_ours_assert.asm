; Assertions see all symbols.
.65816
.org 0x200
  .assert end - start <= 4, "too long"
  .assert start == 0x200
start: nop
end:
  .assert $ == end
; bytes 000200: ea
