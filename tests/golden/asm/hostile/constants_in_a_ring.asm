a1 = b1
b1 = c1
c1 = a1
 lda a1
