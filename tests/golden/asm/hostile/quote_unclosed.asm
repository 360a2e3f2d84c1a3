 db 'a
