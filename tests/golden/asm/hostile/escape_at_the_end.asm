 db "a\
