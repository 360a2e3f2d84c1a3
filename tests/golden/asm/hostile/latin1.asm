 db 'é'
