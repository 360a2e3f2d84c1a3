; error E0504 15:6
; error E0504 16:9
; error E0504 17:6
; error E0504 18:10
; error E0504 19:8
; error E0504 20:8
; error E0504 21:9
; error E0504 22:8
; error E0504 23:8
; error E0504 24:9
; error E0504 25:7
; error E0504 27:10
; error E0504 28:8
; error E0504 29:11
  db 256
  db 1, 2-131
  dw 0x10000
  lda.b #0x1ff
  lda #0x12345
  lda ($1234),y
  sta.b 0x100
  jmp (0x12345)
  lda (256,s),y
  sta.w 0x12345
  stx 0x1234,y
.data_fill 1, 2
  mvn 1, 0x100
  bra #256
  varuint -1
