 resb 5/0
