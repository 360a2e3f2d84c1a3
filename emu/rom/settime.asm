; SPDX-License-Identifier: MIT
; Time, date and alarm as texts: the commands T and N and the entries of the clock.

; T and N: show, ask, set.  CR alone keeps; a bad text is not reported.
        org 0xee90
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

; Entries SET_TIME, SET_DATE, SET_ALARM: text at X in bank 0.  C = 1 at the first bad place.
; quirk: fields-stored-early.  The fields before it are stored by then.  Registers kept.
        org 0xf528
set_time:
        phy
        ldy #0
        jmp set_fields

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
        sta.w TMP8              ; ten times the first digit (recorded)
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

        org 0xf495
set_date:
        phy
        ldy #6
set_fields:
        jsl set_fields_far
        ply
        ora.b #0                ; N and Z from A
        rtl
set_fields_far:
        pha
        phx
        phb
        phk
        plb
.if !ROM_QUIRKS
; Once over the text only to check it, then again to store.
        phx
        phy
        stz.w TMP8+1
        jsr set_field
        ply
        plx
        bcs set_end
        lda.b #1
        sta.w TMP8+1
.endif
        jsr set_field
set_end:
        plb
        plx
        pla
        rtl
set_field:
        jsr two_digits
        bcs set_return
        cmp field_low,y
        bcc set_bad
        cmp field_high,y
        bcs set_return
        phx
        pha
        lda field_cell,y
        sep #0x10               ; X from 8 bits, without touching the high half of A
        tax
        rep #0x10
.if !ROM_QUIRKS
        lda.w TMP8+1
        lsr
.endif
        pla
.if !ROM_QUIRKS
        bcc set_checked
.endif
        sta DAYWK,x
set_checked:
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
        rts
set_good:
        clc
set_return:
        rts

        org 0xf575
set_alarm:
        phy
        ldy #3
        jsl set_fields_far
        ply
        ora.b #0
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

; Entries READ_TIME, READ_DATE, READ_ALARM: eight characters and a 00 to X in bank 0.  X, Y and the low
; half of A kept.  An alarm field of FF gives xx and leaves the byte behind it alone.
        org 0xf81e
read_time:
        phy
        ldy #0
        jmp read_fields
        org 0xf7e7
read_date:
        phy
        ldy #6
        jmp read_fields
        org 0xf61e
read_alarm:
        phy
        ldy #3
read_fields:
        phx
        pha
        phb
        phk
        plb
read_field:
        phx
        lda field_cell,y
        sep #0x10
        tax
        rep #0x10
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
        xba
        lda.b #0                ; the high half of A is lost (recorded)
        xba
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
        ora.b #0
        clc
        rtl

; Entry RESET_ALARM: no alarm.  Registers kept, C = 0.
        org 0xf5c7
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
        org 0xf5ee
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
        ora.b #0
        sec
        rtl
