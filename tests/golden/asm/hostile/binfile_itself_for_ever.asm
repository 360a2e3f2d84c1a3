.org 0
.repeat 100000000
.binfile "binfile_itself_for_ever.asm"
.endr
