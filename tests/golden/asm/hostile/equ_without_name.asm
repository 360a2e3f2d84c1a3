equ 5
