; SPDX-License-Identifier: MIT
; Version, tones, baud rate.

; Entry VERSION: A = bank, X = the version with a CR behind it, Y = the date with a 00 behind it.
        org 0xe655
version:
        lda.b #0
        ldx #version_text
        ldy #version_date
        clc
        rtl

; Entry CONTROL_TONES: A = 0 off, 1 first generator with X, 2 second with Y, 3 both; a count of 0 keeps
; what is loaded.  C = 0, registers kept.  Any other A: C = 1 (the recorded ROM crashes there).
        org 0xf423
control_tones:
        cmp.b #4
        bcs tones_end
        pha
        phb
        phk
        plb
        cmp.b #0
        bne tones_first
        lda.b #0x60
        trb TER
        lda.b #0x06
        trb BCR
        bra tones_done
tones_first:
        bit.b #1
        beq tones_second
        cpx #0
        beq tones_first_on
        stx T5CL                ; latch, and with the high byte the counter
tones_first_on:
        lda.b #0x20
        tsb TER
        lda.b #0x02
        tsb BCR
tones_second:
        lda 2,s
        bit.b #2
        beq tones_done
        cpy #0
        beq tones_second_on
        sty T6CL
tones_second_on:
        lda.b #0x40
        tsb TER
        lda.b #0x04
        tsb BCR
tones_done:
        plb
        pla
        clc
tones_end:
        rtl

; Entry SELECT_COMMON_BAUD_RATE: index 0-11 in A -> T4, which clocks UART 0, 1 and 3.  C = 1 from 12 on.
; Registers kept.
        org 0xfe21
select_baud:
        cmp.b #12
        bcs select_end
        phx
        phb
        phk
        plb
        rep #0x20
        pha
        and #0x00ff
        asl
        tax
        sep #0x20
        txa
        sta.w STEMP_SX
        lda SPEED
        cmp.b #5
        bcs select_unknown      ; no crystal that we know
        rep #0x20
        and #0x00ff
        pha
        asl
        adc 1,s                 ; C = 0
        asl
        asl
        asl                     ; 24 bytes for each crystal
        sta 1,s
        txa
        adc 1,s
        tax
        pla
        sep #0x20
        lda baud_table,x
        sta T4LL
        lda baud_table+1,x
select_load:
        sta T4CH
        rep #0x20
        pla
        sep #0x20
        plb
        plx
        clc
select_end:
        ora.b #0                ; N and Z from A again
        rtl
select_unknown:
.if ROM_QUIRKS
        lda.b #0x3f             ; quirk: crystal-windows
        sta T4LL
        lda.b #0
        bra select_load
.else
        rep #0x20               ; what the boot measured stays
        pla
        sep #0x20
        plb
        plx
        sec
        bra select_end
.endif

; FCLK / (16 * baud) - 1 for 110 150 300 600 1200 1800 2400 4800 9600 14400 19200 38400, by crystal.
        org 0xfe84
baud_table:
        dw 1046, 767, 383, 191, 95, 63, 47, 23, 11, 7, 5, 2             ; 1.8432 MHz
        dw 1395, 1023, 511, 255, 127, 84, 63, 31, 15, 10, 7, 3          ; 2.4576 MHz
        dw 2094, 1535, 767, 383, 191, 127, 95, 47, 23, 17, 11, 5        ; 3.6864 MHz, 14400 as recorded
        dw 2792, 2047, 1023, 511, 255, 170, 127, 63, 31, 20, 15, 7      ; 4.9152 MHz
        dw 3490, 2559, 1279, 639, 319, 212, 159, 79, 39, 26, 19, 9      ; 6.144 MHz
