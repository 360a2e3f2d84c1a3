; A constant keeps the value that a variable had on its line, though it waits for another symbol.
; bytes 000200: 06 07 03 02
.65816
.org 0x200
  db first, second, only
.set v = 1
first = v + later
.set v = 2
second = v + later
  db v
.set v = 9
.set only = 3
later = 5
