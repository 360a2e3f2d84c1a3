.include "sub/bytes.bin"
