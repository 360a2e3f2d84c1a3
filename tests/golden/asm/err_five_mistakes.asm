; Five mistakes of five kinds in a program that is otherwise right: five messages, each at its place.
; error E0504 11:10
; error E0205 17:3
; error E0401 18:10
; error E0201 23:13
; error E0206 25:1
.65816
.org 0xb6
PORT equ 0xdf23
.macro light(value)
  lda.b #value
  sta PORT
.endm
start:
  clc
  xce
  lad.b #1
  lda.b #COUNT + 1
  light(0x0f)
  light(0x1ff)
wait:
  dex
  lda (PORT,y)
  bne wait
.endif_
  jmp start
