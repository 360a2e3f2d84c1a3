 nop /* for ever
