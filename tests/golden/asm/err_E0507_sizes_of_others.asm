; A size that an instruction cannot have is refused, not dropped.
; error E0507 10:3
; error E0508 11:3
; error E0507 12:3
; error E0507 13:3
; error E0507 14:3
; error E0507 15:3
.65816
.org 0x200
  pea.b #5
  pea.l #5
  mvn.w 1,2
  brl.b #1
  bra.w #1
  rep.w #1
  pea.w #5
  bra.b #1
  brl.w #1
