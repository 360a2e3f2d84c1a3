.org 0xffffff
 dw 1
