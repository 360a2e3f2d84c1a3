 lda 0xffffffffffffffff
