; error E0208 2:7
  lda `x
