 lda *
