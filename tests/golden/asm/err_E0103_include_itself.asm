; error E0103 2:1
.include "err_E0103_include_itself.asm"
