; In text that is not assembled only conditionals count: # with blanks, and not what a definition goes on with.
; bytes 000000: 01 02
.65816
.org 0
.if 0
# if 1
#  endif
  "open
.define X 5 + \
.endif
# endif
.macro n
.define Y 2 \
.endm
.if 1
  db 1, 2
.endif
.endm
  n
