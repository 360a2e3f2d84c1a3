; error E0101 2:10
.include "nowhere.inc"
  lda from_there     ; not reported: it may be defined in the file that is missing
