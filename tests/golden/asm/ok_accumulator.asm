; The accumulator forms: bare as in naken_asm, with `a` too, unless a symbol is called that.
; bytes 000200: 0a 2a 4a 6a 1a 3a 0a 2a 4a 6a 1a 3a 06 05
.65816
.org 0x200
  asl
  rol
  lsr
  ror
  inc
  dec
  asl a
  rol A
  lsr a
  ror a
  inc a
  dec a
.scope
.set a = 5
  asl a
.ends
