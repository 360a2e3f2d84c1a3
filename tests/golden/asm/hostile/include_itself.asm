.include "include_itself.asm"
