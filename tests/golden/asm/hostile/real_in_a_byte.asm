 db 1.5
