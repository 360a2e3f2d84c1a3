 asl a
a: nop
