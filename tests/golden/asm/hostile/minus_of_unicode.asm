 db 5 − 3
