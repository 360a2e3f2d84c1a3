.include "a\0b"
