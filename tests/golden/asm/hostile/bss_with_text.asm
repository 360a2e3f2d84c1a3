.bss
 db "text"
