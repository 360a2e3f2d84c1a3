 lda nowhere
