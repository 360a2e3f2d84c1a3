; Directives in any case, with . or # or bare where naken_asm allows it.
; bytes 000000: 01 02 03
; warning W0101 4:1
.65C02
ORG 0
DB 1
#db 2
.Db 3
