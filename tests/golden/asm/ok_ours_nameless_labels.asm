; Labels that are only a sign.
.65816
.org 0x200
- lda 0x10
  beq +
-: dex
  bne -
  bne --
  bra ++
+ nop
+
  jmp +
  jmp -
.scope
+: rts
.ends
  jmp -
; bytes 000200: a5 10 f0 07 ca d0 fd d0 f7 80 01 ea 4c 12 02 4c 04 02 60 4c 04 02
