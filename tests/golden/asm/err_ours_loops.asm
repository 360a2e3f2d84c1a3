.rept
.endr
.rept later
.endr
.rept 0-1
.endr
.rept 2, 3
.endr
.endw
.while later
.endw
later:
.rept 2
 foo
.endr
.fill
.fill 1,2,3
.incbin "inc/three.bin", 4
.incbin "inc/three.bin", 1, 3
.function f
.function f(x) x
.while 1
; error E0207 1:6
; error E0403 3:7
; error E0604 5:7
; error E0316 7:10
; error E0314 9:1
; error E0315 10:8
; error E0205 14:2
; note 13:1
; error E0306 16:1
; error E0306 17:1
; error E0604 18:26
; error E0604 19:29
; error E0201 20:11
; error E0201 21:16
; error E0313 22:1
