 lda [31m5
