; Conditions on the width, in the order of the source.
.65816
.org 0x200
.macro load(n)
.if .a8
  lda.b #n
.else
  lda.w #n
.endif
.endm
  clc
  xce
  sep #0x20
  load(5)
  rep #0x20
  load(5)
.if .native && .a16
  nop
.endif
.i8
.if .i16
  nop
.elseif .I8 && !.emulation
  inx
.endif
; bytes 000200: 18 fb e2 20 a9 05 c2 20 a9 05 00 ea e8
