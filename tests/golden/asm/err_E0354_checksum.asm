.org 0x200
first: nop
  .checksum md5, first, end
  .checksum sum8, first
  .checksum 1+2, first, end
end:
; error E0354 3:13
; error E0306 4:3
; error E0354 5:13
