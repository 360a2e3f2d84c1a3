; Lines may end in CR LF, and a lone CR is a blank; the last line may lack its newline.
; bytes 000200: ea 18 60
.65816
.org 0x200 ; comment
 nop /* over
 lines */
clc
 rts