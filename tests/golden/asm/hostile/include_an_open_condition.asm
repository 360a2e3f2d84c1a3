.include "sub/if.inc"
.endif
