; error E0508 2:3
  lda.l #5
