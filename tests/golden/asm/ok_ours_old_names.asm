; An old source may have macros that are called like our directives.
.65816
.org 0x200
.macro rept(n)
  db n
.endm
.macro a8
  sep #0x20
.endm
.macro fill
  db 9
.endm
  rept(3)
  .rept(4)
  a8
  .a8
  fill
  .fill
  lda #5
enum: struct: section:
auto equ 7
  lda enum
  dw section, auto
; bytes 000200: 03 04 e2 20 e2 20 09 09 a9 05 00 ad 0b 02 0b 02 07 00
; warning W0601 22:3
; note 23:3
