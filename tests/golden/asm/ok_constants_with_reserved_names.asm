; A symbol file may hold any name of a label: `NAME =` is a constant, whatever else NAME means.
; bytes 000000: 00 20 01 20 02 20
.65816
end = 0x2000
org = 0x2001
lda = 0x2002
  dw end, org, lda
