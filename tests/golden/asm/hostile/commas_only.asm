 lda ,,,
