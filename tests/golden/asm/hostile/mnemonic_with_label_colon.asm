lda: : nop
