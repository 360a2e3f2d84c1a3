; A name used before it is defined in its scope, where no size depends on which one is meant.
; bytes 000200: ea f0 01 ea 60
.65816
.org 0x200
done: nop
.func f
  beq done
  nop
done: rts
.endf
