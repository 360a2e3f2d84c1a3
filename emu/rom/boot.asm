; SPDX-License-Identifier: MIT
; From reset to the first prompt.
;
; The order and the values of all writes to chip registers are the recorded ones: outside hardware
; sees them.  Y and the high half of A are left alone, since the register dump at the end shows
; them as the program before the reset left them.

        org 0xe0b0
reset:
        lda.b #0x01             ; ports 0-3 are the external bus
        sta BCR
        bra start

; Three identification lines, 78 bytes.  At E0B7: X still points here in the first register dump.
; VERSION hands out E0CA and E0ED as the version and the date, the places that it was recorded with.
banner:
        db "MENSCH816 ROM Rev. "
version_text:
        db "2.07", CR
        db " (c) 2026 mensch816", CR
        db "Released  "
version_date:
        db "Tue Nov 24 08:00:00 2026", 0

; Nothing is known of D, DBR, M, X and S.
start_over:
        sep #0x30               ; Y loses its high half (recorded)
        rep #0x10
        ldx #STACK_TOP
        txs
        phk
        plb
        pea 0
        pld
        jmp find_program

; Out of reset, in emulation mode, eight bits of X will do for the stack, which saves a cycle of 30 us;
; the first writes are within 5 % of their recorded times.  With X 16 bits wide the TXS is part of the
; operand, and nothing is lost.
start:
        sei
        ldx.b #STACK_TOP&0xff
        txs
        clc
        xce
        bcc start_over          ; was native already: from a program (COP, library entry E084), or by U
        rep #0x10
find_program:

; A program of the user's own: 'WDC' at 8000 behind CS5 alone, then behind CS4 and CS5, then at 0800
; behind CS3.  It is entered four bytes further on, with A = 0043, X = 0003, P = 27.
        lda.b #0x20
        sta PCS7
        ldx #0
card_loop:
        lda 0x8000,x
        cmp wdc_text,x
        bne no_card
        inx
        cpx #3
        bne card_loop
        jmp 0x8004
no_card:
        lda.b #0x30
        sta PCS7
        nop
        bra flash
flash:
        ldx #0
flash_loop:
        lda 0x8000,x
        cmp wdc_text,x
        bne no_flash
        inx
        cpx #3
        bne flash_loop
        jmp 0x8004
no_flash:
        lda.b #0x30
        sta PCS7
        nop
        nop
        lda.b #0x08
        sta PCS7
        ldx #0
ram_loop:
        lda 0x0800,x
        cmp wdc_text,x
        bne no_ram_program
        inx
        cpx #3
        bne ram_loop
        jmp 0x0804
no_ram_program:

; Chip selects, clocks, ports.  Oscillator on first, PHI2 changes to it 40 ms later.
        lda.b #0xfb             ; P72 stays a port pin, the others are chip selects
        sta PCS7
        lda.b #0xf9
        sta SSCR
        lda.b #0xc0
        sta PDD4
        lda.b #0x80
        sta PD4
        nop
        nop
        lda.b #0x40
        sta PD4
        lda.b #0x55             ; port 5: DTR outputs, DSR inputs
        sta PDD5
        stz PD5
        lda.b #0xaa             ; port 6: TXD outputs, RXD inputs
        sta PDD6
        stz PD6
        lda.b #0xff
        sta PD7
        nop
        nop
        nop
        stz TER
        stz TIFR
        stz TIER
        stz TCR
        stz UIER
        stz UIFR
        stz EIFR
        nop
        nop
        stz EIER
        ldx #259
start_oscillator:
        dex
        bne start_oscillator
        lda.b #0xfb
        sta SSCR                ; PHI2 = FCLK from here
        ldx #0x4000
settle:
        dex
        bne settle

; Which crystal?  T1 counts the 32768 Hz of CLK: wait for zero, run 4096 loops of 5 PHI2 cycles, see
; how far T1 has fallen.  The high byte is read first: 0100 -> 00FF between the reads is not zero.
        lda.b #0xff
        sta T1CL
        lda.b #0x7f
        sta T1CH
        lda.b #0x02
        sta TER
        sta TIER
wait_t1:
        lda T1CH
        ora T1CL
        bne wait_t1
        ldx #4096
measure:
        dex
        bne measure
.if ROM_QUIRKS
; quirk: crystal-windows.  Only the low byte is looked at: 6.144 MHz reads 93, the window of 1.8432 MHz;
; a crystal that is not listed gets a wrong baud rate.
        lda T1CL
        ldx #0
match_crystal:
        cmp crystal_low,x
        bcc next_crystal
        cmp crystal_high,x
        bcc crystal_known
next_crystal:
        inx
        cpx #5
        bne match_crystal
        ldx #2                  ; unlisted: below 92 counts as 3.6864 MHz
        cmp.b #0x92
        bcc crystal_known
        ldx #0x00ff             ; anything higher is unknown; the baud rate comes out wrong
.else
        lda T1CH                ; T1 is 7FFF minus the count: 7E.. below 2.5 MHz
        xba
        lda T1CL
        rep #0x20
        ldx #8
match_crystal:
        cmp crystal_first,x
        bcc next_crystal
        cmp crystal_behind,x
        bcc crystal_listed
next_crystal:
        dex
        dex
        bpl match_crystal
        ldx #2*0x00ff
crystal_listed:
        eor #0x7fff
        inc                     ; the reload at zero was a tick too
        sta TMP0
        txa
        lsr
        tax
        sep #0x20
.endif
crystal_known:
        txa
        sta SPEED

; RAM vectors.
.if ROM_QUIRKS
; quirk: alarm-vector-dead.  The loop moves one byte more than there are: 0134, the opcode of the alarm
; vector, becomes C2 at every boot, so that vector is never taken.
        ldx #52
.else
        ldx #51
.endif
copy_vectors:
        lda vector_image,x
        sta UBRK,x
        dex
        bpl copy_vectors

; Clock: kept if its checksum is good.  Either way the seconds that the boot took are added later.
        jsr clock_sum
        cmp TODCKS
        beq clock_kept
        ldx #13
clock_reset:
        lda clock_default,x
        sta DAYWK,x
        dex
        bpl clock_reset
clock_kept:
        lda.b #0x08
        sta FLAGS
        ldx #0
        stx T_TIME
        stx PWD_CELLS
        ldx #PD_SECONDS
        stx PD_TIMER
.if ROM_QUIRKS
        lda.b #0x02
        trb DISPTYP
.endif
        stz SB_SENTL            ; U restarts from inside a BRK

; UARTs: 9600 baud from T4, all switched off, transmit pins high.
        lda.b #8
        jsl select_baud
.if !ROM_QUIRKS
; Not a listed crystal: 20480 cycles took TMP0 ticks of 32768 Hz, so FCLK / (16 * 9600) is 4369 / TMP0.
        bcc baud_listed
        rep #0x20
        lda TMP0
        lsr
        clc
        adc #4369               ; rounded
        ldx #0
        sec
baud_count:
        sbc TMP0
        bcc baud_counted
        inx
        bra baud_count
baud_counted:
        dex
        txa
        sep #0x20
        sta T4LL
        xba
        sta T4CH                ; latch and counter
baud_listed:
.endif
        lda.b #0x04
        tsb ACSR0
        tsb ACSR1
        tsb ACSR3
        lda.b #0x02
        sta TIER
        lda.b #0x12
        sta TER
        lda.b #0xff
        sta PDD6
        sta PD6
        lda.b #0xaa
        sta PDD6
        lda.b #0x55
        sta PDD5
        stz PD5
        lda.b #0xb0             ; UARTs 0, 1 and 3 on T4
        sta TCR
        lda.b #0x1a
        sta TER

        jsr find_extension
.if !ROM_QUIRKS
; A program that set the alarm vector and bit 1 of DISPTYP is started by it, interrupts off.
        lda.b #0x02
        trb DISPTYP
        beq no_alarm_program
        lda UALARM
        cmp.b #0x5c
        bne no_alarm_program
        jmp UALARM
no_alarm_program:
.endif
        lda.b #0xaa
        sta PDD6
        lda.b #0xff
        sta PD6
        stz PD5
        jsr console_setup
        lda.b #0xfb
        trb SFLAG0
        trb SFLAG1
        trb SFLAG2
        lda.b #FLAG_FLOW
        sta SFLAG3
        lda.b #0x24             ; 8 bits, receiver on
        sta ACSR3
        lda.b #U3_RX|U3_TX
        sta UIER
        cli
        jsr show_banner
        jmp enter_monitor       ; A = 00, X = E0B7, Z set, as the recorded dump shows them

; 'WDC' at DEF8: enter at DEFC with interrupts off.  Also the first thing that `*` does.
find_extension:
        ldx #0
extension_loop:
        lda 0xdef8,x
        cmp wdc_text,x
        bne no_extension
        inx
        cpx #3
        bne extension_loop
        sei
        ldx #STACK_TOP
        txs
        ldx #3
        cpx #3                  ; P = 27 as at the other two places
        jmp 0xdefc
no_extension:
        rts

; CR and the identification lines.  Leaves A = 00 and X at the text.
show_banner:
        jsl send_cr
        lda.b #0
        ldx #banner
        jsl put_str
        rts

wdc_text:
        db "WDC"
; Windows of the T1 count, upper limits excluded: 1.8432, 2.4576, 3.6864, 4.9152, 6.144 MHz.
.if ROM_QUIRKS
crystal_low:
        db 0x92, 0xee, 0x48, 0x77, 0x0a
crystal_high:
        db 0x97, 0xf2, 0x4c, 0x7b, 0x12
.else
crystal_first:
        dw 0x7e92, 0x7eee, 0x7f48, 0x7f77, 0x7f92
crystal_behind:
        dw 0x7e97, 0x7ef2, 0x7f4c, 0x7f7b, 0x7f96
.endif
; Thursday 07-01-93 12:00:00, and an alarm of zeros.
clock_default:
        db 5, 7, 1, 93, 12, 0, 0
        db 0, 0, 0, 0, 0, 0, 0
