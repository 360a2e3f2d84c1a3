 lda [[1]]
