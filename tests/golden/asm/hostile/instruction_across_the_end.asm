.org 0xffffff
 lda #1
