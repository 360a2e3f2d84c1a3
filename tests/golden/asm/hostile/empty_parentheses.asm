 lda ()
