 lda - - - -
