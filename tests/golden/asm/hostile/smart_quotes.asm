 db “abc”
