 lda.l #5
