 db 12abc
