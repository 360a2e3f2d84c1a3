.include "~root/x"
