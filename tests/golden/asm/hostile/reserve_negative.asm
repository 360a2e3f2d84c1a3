 resb -1
