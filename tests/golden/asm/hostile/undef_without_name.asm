.undef
