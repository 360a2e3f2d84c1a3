; error E0109 3:3
.65816
  /* never closed
  nop
