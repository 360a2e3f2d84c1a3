 lda 
