; error E0503 3:8
; error E0502 4:6
  dq 1 << 63 * 4 << 60
  dq 0x1_0000_0000_0000_0000
; error E0502 6:21
  dq 0xffffffffffff * 0x10000000
