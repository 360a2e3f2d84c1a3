; error E0602 7:1
; error E0602 8:1
; error E0602 10:3
; error E0602 13:14
.org 0xffffff
 nop
.org 0x1000000 + 1
.org 0 - 1
.org 0xffff00
  resb 1000000000000
lost: nop            ; where it is, nobody knows: not reported
.org 0x200
.entry_point 0x1000000
