 db 018
