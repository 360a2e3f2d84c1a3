; error E0315 2:5
.if later == 1
  nop
.endif
later:
