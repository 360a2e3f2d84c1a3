 lda #""
