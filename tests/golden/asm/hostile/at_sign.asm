@loop nop
