 lda {1}
