; Each is reported, none is an echo of another.
; error E0207 8:8
; error E0205 9:3
; error E0401 12:7
; error E0504 13:6
.org 0x200
start:
  lda #
  lad 5
  bra start
  bra end
  lda nothing
  db 300
  resb 300
end:
