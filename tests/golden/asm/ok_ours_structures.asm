; Structures: offsets with a name, sizes, one inside another, parts at one place.
.65816
.org 0x200
.struct Point
x: resw 1
y: resw 1
.endstruct
.struct Line
from: resb Point
to: resb Point
.union
color: resb 1
pattern: resw 1
.endunion
.struct tail
a: resb 1
b: resb 1
.endstruct
last: resb 1
.endstruct
.union Any
byte: resb 1
word: resw 1
.endunion
  db Point, Point.x, Point.y, Line, Line.to, Line.color, Line.pattern
  db Line.tail, Line.tail.b, Line.last, Any, Any.word
  lda Point.y, x
  lda line + Line.to + Point.y
line: resb Line
; bytes 000200: 04 00 02 0d 04 08 08 0a 0b 0c 02 00 b5 02 ad 17 02
; warning W0601 28:3
; note 29:7
