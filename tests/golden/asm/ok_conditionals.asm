; A full expression, C rules; .elseif; nested and skipped conditionals.
; bytes 000010: 01 02 03 04 05 06 07
.65816
.org 0x10
.define THREE 3
here:
.if 1 == 2 || 3 == 4
  db 0xff
.elseif here >= 0x10 && THREE != 4 && !defined(NOTHING)
  db 1
.elseif undefined_but_not_looked_at
  db 0xff
.else
  db 0xff
.endif
.ifdef here
  db 2
.else
.ifndef THREE
  db "unclosed
.endif
.if 0
.endif
.endif
.IFNDEF nowhere
  db 3
.endif
#ifdef THREE
  db 4
#endif
.if defined(THREE) && defined ( here )
  db THREE + 2
.endif
.if 0
.macro unused
.if 1
.endm
.endif
.endif
  db 6
.if (THREE * 2 - 6) | 1
  db 7
.endif
