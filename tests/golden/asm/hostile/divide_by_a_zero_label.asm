.org 0
z:
 lda #1/z
