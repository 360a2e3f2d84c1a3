; SPDX-License-Identifier: MIT
; A monitor ROM for the W65C265S, 8 KiB at 00:E000-FFFF.
;
; It is our own program and behaves on the serial line, in its RAM cells and at its library entries
; like the Mensch monitor 2.07 that the chip carries, quirks included.  The behaviour was taken from
; dialogues, library calls and memory states recorded while WDC's published ROM image was executed;
; comments name the recorded fact where the code would otherwise look odd.
;
; House rules of this source: native mode, A 8 bits, X and Y 16 bits, D = 0, DBR = 0 unless a
; routine says otherwise.  Immediates carry `.b` where 8 bits are meant.  "Entry" routines end in
; RTL and are called by JSL, from programs through the table at E000; all others end in RTS.

.65816

.include "cells.inc"

        org 0xe000
.include "library.asm"          ; jump table, conversion table, in E000-E0AF

        org 0xe0b0
.include "boot.asm"             ; reset, up to the BRK that enters the monitor

        org 0xe356              ; the first register dump shows PC 00:E358
.include "commands.asm"         ; prompt and dispatch
.include "run.asm"              ; BRK, NMI, G, J, U, X
.include "dump.asm"             ; register dump, R, A
.include "host.asm"             ; / and |
.include "loader.asm"           ; S
.include "memory.asm"           ; < > SPACE, B, F, M
.include "listing.asm"          ; D, W
.include "address.asm"          ; address questions
.include "convert.asm"          ; digits
.include "console.asm"          ; characters and strings
.include "texts.asm"
.include "clock.asm"            ; T1 seconds, T, N, alarm
.include "settings.asm"         ; baud rate, tones, version
.include "uart.asm"             ; UART 3

.include "vectors.asm"
