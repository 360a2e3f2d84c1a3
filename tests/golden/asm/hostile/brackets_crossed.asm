 lda ([1)]
