; SPDX-License-Identifier: MIT
; The clock: T1 gives an interrupt each second, through the RAM vector 0124.

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
; Half an hour without a serial character: the jump meant for low power, recorded as broken.
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
        cmp.b #7
        bcc next_weekday
        lda.b #1                ; counts 1-6 only (recorded)
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
        and.b 0x03              ; the content of 00:0003 where a 3 was meant (recorded): with 0 there
        bne next_month          ; every year has a 29 February
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

; T and N: show, ask, set.  CR alone keeps; a bad text is not reported.
command_time:
        jsl send_cr
        ldx #OUTBUF
        jsl read_time
        jsr say
        ldx #text_new_time
        jsr clock_line
        bcs command_clock_end
        jsl set_time
command_clock_end:
        rts
command_date:
        jsl send_cr
        ldx #OUTBUF
        jsl read_date
        jsr say
        ldx #text_new_date
        jsr clock_line
        bcs command_clock_end
        jsl set_date
        rts
; Question at X; the line -> STR_BUF, X points to it.  C = 1 if there is none.
clock_line:
        jsr say
        lda.b #0
        ldx #STR_BUF
        jsl get_str
        bcs clock_line_end
        lda.b #CR
        cmp STR_BUF
        beq clock_line_end      ; C = 1
        clc
clock_line_end:
        rts

; Rows 0-2 time, 3-5 alarm, 6-8 date: cell as offset from DAYWK, lowest value, highest plus one.
field_cell:
        db HR-DAYWK, MIN-DAYWK, SECS-DAYWK, AHR-DAYWK, AMIN-DAYWK, ASEC-DAYWK
        db MONTH-DAYWK, DAY-DAYWK, YR-DAYWK
field_low:
        db 0, 0, 0, 0, 0, 0, 1, 1, 0
field_high:
        db 24, 60, 60, 24, 60, 60, 13, 32, 100

; Entries SET_TIME, SET_DATE, SET_ALARM: text at X in bank 0.  C = 1 at the first bad place; the fields
; before it are stored by then (recorded).  Registers kept.
set_time:
        phy
        ldy #0
        bra set_fields
set_date:
        phy
        ldy #6
        bra set_fields
set_alarm:
        phy
        ldy #3
        jsl set_fields_far
        ply
        bcs set_alarm_end
        pha
        lda.b #0x02
        trb FLAGS
        lda.b #0x01
        tsb FLAGS
        pla
        clc
set_alarm_end:
        rtl
set_fields:
        jsl set_fields_far
        ply
        rtl
set_fields_far:
        pha
        phx
        phb
        phk
        plb
set_field:
        jsr two_digits
        bcs set_end
        cmp field_low,y
        bcc set_bad
        cmp field_high,y
        bcs set_end
        phx
        pha
        rep #0x20
        lda field_cell,y
        and #0x00ff
        tax
        sep #0x20
        pla
        sta DAYWK,x
        plx
        inx
        inx
        iny
        cpy #3
        beq set_good
        cpy #6
        beq set_good
        cpy #9
        beq set_good
        lda.w 0,x
        inx
        cpy #6
        bcs set_date_mark
        cmp.b #':'
        bne set_bad
        bra set_field
set_date_mark:
        cmp.b #'-'
        beq set_field
        cmp.b #'/'
        beq set_field
set_bad:
        sec
        bra set_end
set_good:
        clc
set_end:
        plb
        plx
        pla
        rtl

; Two decimal digits at X -> A.
two_digits:
        lda.w 0,x
        jsr isdecimal
        bcs two_digits_end
        and.b #0x0f
        pha
        asl
        asl
        adc 1,s
        asl
        sta 1,s
        lda.w 1,x
        jsr isdecimal
        and.b #0x0f
        bcs two_digits_drop
        adc 1,s
two_digits_drop:
        sta 1,s
        pla
two_digits_end:
        rts

; Entries READ_TIME, READ_DATE, READ_ALARM: eight characters and a 00 to X in bank 0.  X, Y and the low
; half of A kept.  An alarm field of FF gives xx and leaves the byte behind it alone.
read_time:
        phy
        ldy #0
        bra read_fields
read_alarm:
        phy
        ldy #3
        bra read_fields
read_date:
        phy
        ldy #6
read_fields:
        phx
        pha
        phb
        phk
        plb
read_field:
        phx
        rep #0x20
        lda field_cell,y
        and #0x00ff             ; the high half of A is lost here (recorded)
        tax
        sep #0x20
        lda DAYWK,x
        plx
        cmp.b #0xff
        bne read_number
        lda.b #'x'
        sta.w 0,x
        sta.w 1,x
        bra read_next
read_number:
        jsr bin2dec
        pha
        lsr
        lsr
        lsr
        lsr
        ora.b #'0'
        sta.w 0,x
        pla
        and.b #0x0f
        ora.b #'0'
        sta.w 1,x
        cpy #6
        lda.b #':'
        bcc read_mark
        lda.b #'-'
read_mark:
        sta.w 2,x
read_next:
        inx
        inx
        inx
        iny
        cpy #3
        beq read_end
        cpy #6
        beq read_end
        cpy #9
        bne read_field
read_end:
        dex
        stz.w 0,x
        plb
        pla
        plx
        ply
        clc
        rtl

; Entry RESET_ALARM: no alarm.  Registers kept, C = 0.
reset_alarm:
        pha
        phx
        phb
        phk
        plb
        ldx #6
        lda.b #0xff
reset_alarm_next:
        sta ADAYWK,x
        dex
        bpl reset_alarm_next
        lda.b #0x03
        trb FLAGS
        plb
        plx
        pla
        clc
        rtl

; Entry GET_ALARM_STATUS: fired -> C = 1, A = 02, once; else C = 0, A = 01 if set, 00 if not.
get_alarm_status:
        phb
        phk
        plb
        lda.b #0x02
        trb FLAGS
        bne alarm_fired
        lda FLAGS
        and.b #0x01
        plb
        ora.b #0                ; N and Z from A again
        clc
        rtl
alarm_fired:
        plb
        sec
        rtl
