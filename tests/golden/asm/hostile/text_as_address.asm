 lda "abc",x
