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
;
; ROM_QUIRKS = 1 (the default) reproduces the faults of the recorded ROM that a host or a program meets;
; ROM_QUIRKS = 0 makes an image without them.  asm816/target/quirks.py lists them, a row each, under the
; names that the comments here give beside `quirk:`.
;
; Layout: every entry, and every routine whose address is seen in RAM, lies where the published
; descriptions of the chip's ROM place it, because programs call some of them directly (FBF9, FDBC).
; The files are ordered by topic, so `org` goes back and forth; an overlap is an error.

.65816

.ifndef ROM_QUIRKS
.define ROM_QUIRKS 1
.endif

.include "cells.inc"

.include "library.asm"          ; E000 jump table, conversion table
.include "boot.asm"             ; E0B0 reset, up to the BRK that enters the monitor
.include "commands.asm"         ; E356 prompt and dispatch
.include "host.asm"             ; / and |
.include "run.asm"              ; BRK, NMI, G, J, U, X
.include "dump.asm"             ; register dump, R, A
.include "memory.asm"           ; < > SPACE, B, F, M
.include "loader.asm"           ; S
.include "listing.asm"          ; D, W
.include "convert.asm"          ; digits
.include "console.asm"          ; characters and strings
.include "address.asm"          ; address questions
.include "settings.asm"         ; version, tones, baud rate
.include "settime.asm"          ; T, N and the clock entries
.include "clock.asm"            ; T1 seconds
.include "texts.asm"
.include "uart.asm"             ; UART 3
.include "vectors.asm"
