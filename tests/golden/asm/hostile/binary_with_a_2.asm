 db 0b12
