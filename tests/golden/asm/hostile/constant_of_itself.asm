k = k
 lda k
