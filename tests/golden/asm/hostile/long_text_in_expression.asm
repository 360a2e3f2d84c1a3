 lda #"too long"
