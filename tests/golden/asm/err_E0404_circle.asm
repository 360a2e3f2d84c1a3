; error E0404 4:1
a1 = a2 + 1
a2 = a3
a3 = a1
  lda a1             ; its value is missing, and that was said
