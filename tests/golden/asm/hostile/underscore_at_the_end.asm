 db 10_
