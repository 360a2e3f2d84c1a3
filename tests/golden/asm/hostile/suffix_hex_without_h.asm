 db 0ff
