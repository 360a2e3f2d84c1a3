.include "no such file"
