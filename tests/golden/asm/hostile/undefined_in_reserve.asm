 resb nowhere
