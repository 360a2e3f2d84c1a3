; Checksums of what stands between two addresses.
.65816
.org 0x200
text: db "123456789"
done:
  .checksum sum8, text, done
  .checksum xor8, text, done
  .checksum sum16, text, done
  .checksum crc16, text, done
  .checksum CRC32, text, done
; bytes 000200: 31 32 33 34 35 36 37 38 39 dd 31 dd 01 b1 29 26 39 f4 cb
