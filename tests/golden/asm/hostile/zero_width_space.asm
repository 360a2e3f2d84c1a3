 lda​ #1
