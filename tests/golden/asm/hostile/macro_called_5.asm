.macro 5
.endm
