K equ K + 1
 db K
