; The place is in the macro; the note says where it was called.
; error E0504 5:6
; note 8:2
.macro m(a)
  db a
.endm
.org 0
 m(300)
