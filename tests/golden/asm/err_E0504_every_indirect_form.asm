; Every form in the direct page checks its range, where naken_asm drops the high byte.
; error E0504 13:8
; error E0504 14:8
; error E0504 15:8
; error E0504 16:8
; error E0504 17:8
; error E0504 18:8
; error E0504 19:7
; error E0504 20:8
; error E0504 21:9
.65816
.org 0x200
  lda ($1234)
  lda ($1234),y
  lda ($1234,x)
  lda ($134,s),y
  lda [$1234]
  lda [$1234],y
  lda $134,s
  pei ($1234)
  lda.b $1234
