.include "sub"
