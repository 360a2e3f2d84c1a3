.scope one
here: nop
.ends
.scope one
.ends
  lda one.there
  lda two.here
  lda here
main: bra @loop
other:
@loop: bra other@loop
@loop: nop
; error E0402 4:8
; error E0401 6:7
; error E0401 7:7
; error E0401 8:7
; error E0401 9:11
; error E0201 11:17
; error E0402 12:1
; note 11:1
