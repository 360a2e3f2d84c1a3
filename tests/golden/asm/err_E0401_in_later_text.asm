; error E0401 5:6
; A text that is used above its definition: what is wrong in it is shown where it is used.

 .65816
 lda K
K equ             nowhere + 1
