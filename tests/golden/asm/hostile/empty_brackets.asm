 lda []
