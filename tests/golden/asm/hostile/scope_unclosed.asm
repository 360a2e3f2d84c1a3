.scope
 nop
