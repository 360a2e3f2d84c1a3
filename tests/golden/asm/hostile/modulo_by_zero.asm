 lda #1%0
