; SPDX-License-Identifier: MIT
; The clock: T1 gives an interrupt each second, through the RAM vector 0124.

        org 0xf69f
second_entry:
        rep #0x30
        pha
        phx
        phb
        phd
        phk
        plb
        pea 0
        pld
        sep #0x20
        lda.b #0x02
        sta TIFR
; Once after each boot three seconds more, for the time that it took.
        lda.b #0x08
        trb FLAGS
        beq second_count
        lda SECS
        clc
        adc.b #3
        sta SECS
second_count:
        inc SECS
        lda.b #0x01
        tsb FORMAT_FLAGS
        lda SECS
        sec
        sbc.b #60
        bcc second_counted
        sta SECS
        inc MIN
        lda MIN
        cmp.b #60
        bcc second_counted
        stz MIN
        lda.b #0x02
        tsb FORMAT_FLAGS
        inc HR
        lda HR
        cmp.b #1
        beq second_daylight
        cmp.b #24
        bcc second_counted
        stz HR
        jsr next_day
        bra second_counted
; Daylight saving ends at 01:00 on the last Sunday of October, where DAYLIT bit 0 asks for it.
second_daylight:
        lda DAYLIT
        lsr
        bcc second_counted
        asl
        bmi second_counted      ; done already
        lda MONTH
        cmp.b #10
        bne second_counted
        lda DAY
        cmp.b #25
        bcc second_counted
        lda DAYWK
        cmp.b #1
        bne second_counted
        stz HR
        lda.b #0x80
        tsb DAYLIT
second_counted:
        jsr clock_sum
        sta TODCKS
; Alarm: fires in the second that its time is reached by counting.
        lda FLAGS
        lsr
        bcc second_power
        ldx HR
        cpx AHR
        bne second_power
        ldx MIN                 ; minute and second
        cpx AMIN
        bne second_power
        lda.b #0x02
        tsb FLAGS
        ldx #0
        stx T_TIME
; Half an hour without a serial character: low power, as by X.
second_power:
        ldx PD_TIMER
        beq second_end
        dex
        stx PD_TIMER
        bne second_end
        jmp (LO_PWR_JMP)
second_end:
        pld
        plb
        rep #0x30
        plx
        pla
        rti

; Midnight.
next_day:
        inc DAYWK
        lda DAYWK
.if ROM_QUIRKS
        cmp.b #7                ; quirk: weekday-six
.else
        cmp.b #8
.endif
        bcc next_weekday
        lda.b #1
        sta DAYWK
next_weekday:
        rep #0x20
        lda MONTH
        and #0x000f
        tax
        sep #0x20
        lda DAY
        cmp month_length,x
        bcc next_in_month
        bne next_month
        cpx #2
        bne next_month
        lda YR
.if ROM_QUIRKS
        and.b 0x03              ; quirk: leap-years.  The content of 00:0003 where a 3 was meant: with 0
.else                           ; there every year has a 29 February
        and.b #0x03
.endif
        bne next_month
next_in_month:
        inc DAY
        rts
next_month:
        lda.b #1
        sta DAY
        inc MONTH
        lda MONTH
        cmp.b #13
        bcc next_end
        lda.b #1
        sta MONTH
        inc YR                  ; 99 becomes 100 and is shown as 00
next_end:
        rts
month_length:
        db 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 31, 31

; Checksum of DAYWK..SECS and the T4 latch: a chain of additions with carry, inverted.
clock_sum:
        ldx #6
        clc
        lda.b #0
clock_sum_next:
        adc DAYWK,x
        dex
        bpl clock_sum_next
        adc T4LL
        adc T4LH
        eor.b #0xff
        rts
