start: nop
  .assert start == 1
  .assert 2 > end, "no room"
  .assert end == start + 2, "not two"
  .assert nowhere
end:
; error E0553 2:11
; error E0553 4:11
; error E0401 5:11
