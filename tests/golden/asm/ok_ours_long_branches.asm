; Branches that are too far get long, and only those.
.65816
.org 0x200
.longbranch on
back: bne near
  beq far
  bra far
near: bcc back
  .fill 130, 0xea
far: bcs back
  bra back
  bvc far
.longbranch off
  bne far
; bytes 000200: d0 08 d0 03 4c 8e 02 82 84 00 90 f4 ea ea ea ea ea ea ea ea ea ea ea ea
; bytes 000218: ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea
; bytes 000230: ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea
; bytes 000248: ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea
; bytes 000260: ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea
; bytes 000278: ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea ea 90 03
; bytes 000290: 4c 00 02 82 6a ff 50 f6 d0 f4
