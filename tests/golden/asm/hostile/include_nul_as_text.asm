.include "sub/nul.bin"
