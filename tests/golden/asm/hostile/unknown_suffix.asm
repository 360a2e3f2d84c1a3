 lda.q 5
