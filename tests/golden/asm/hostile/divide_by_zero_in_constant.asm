k = 1/(2-2)
 lda #k
