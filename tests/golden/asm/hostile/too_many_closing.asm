 lda #1)))
