 lda #1
