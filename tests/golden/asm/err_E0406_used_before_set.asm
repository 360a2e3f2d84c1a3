; A variable that is set more than once has no value above the first .set; one .set alone is a constant.
; error E0406 6:6
; error E0406 7:9
.65816
.org 0x200
  db v, once
first = v + later
.set v = 1
.set v = 2
  db v
.set once = 3
later = 1
