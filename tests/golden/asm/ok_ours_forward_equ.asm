; An equ may stand below its use.
.65816
.org 0x200
  lda #K
  lda K
  lda K
A = K + 1
K equ L + 2
L equ 3
  db K, A
; bytes 000200: a9 05 00 ad 05 00 ad 05 00 05 06
; warning W0601 6:3
; note 10:3
