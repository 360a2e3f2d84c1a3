; SPDX-License-Identifier: MIT
; S: the loader of S2 records.  The letter S is the command as well as the first letter of a record,
; so a record stream can be sent at the prompt.
;
; Without quirks the loader stores S1, S2 and S3, is ended by S7, S8, S9 or by ESC between two records, and
; answers each other record by `.` and the count, or by `?` if a digit, the checksum or a byte read back
; is wrong.

; Entry XS28IN: wait for an S, then load.  Needs an input flag in 004D that these boards never set.
        org 0xe9c3
load_records:
        lda INPUT_XTRL
        and.b #0x0d
        bne load_wait
        sec
        rtl
load_wait:
        jsl send_cr
        jsl get_chr_entry
        cmp.b #ESC
        beq load_cancelled
        cmp.b #'S'
        bne load_wait
        jsr load
        rtl
load_cancelled:
        sec
        rtl

; The command.
command_load:
; The record that starts with the S of the command.  C = 1 if records were refused.
load:
        ldx #0
        stx COUNT
        stz ERRORS
        bra record_type
.if ROM_QUIRKS
next_record:
        jsl get_chr_entry
        cmp.b #'S'
        bne next_record
; quirk: first-record-ignored.  Where the command was typed before the records, the S of the first one
; is taken for its type.
record_type:
        ldx #0
        stx TMP4
        jsl get_chr_entry
        phy
        sep #0x10               ; the type stays in X, which nothing below uses
        tax
        rep #0x10
        ply
        jsl get_hex             ; count; a bad one counts as 00
        sta TMP4                ; the sum starts with it
        cpx #'2'                ; quirk: other-types-not-stored, though acknowledged
        bne record_end          ; S8 too: neither address nor checksum is looked at
        lda TMP4
        sec
        sbc.b #3
        sta TMPC                ; data bytes and the checksum
        jsr record_byte
        sta TMP0+2
        jsr record_byte
        sta TMP0+1
        jsr record_byte
        sta TMP0
record_data:
        lda TMPC
        dec
        beq record_checksum
        jsl get_hex
        bcs record_bad_byte
        sta [TMP0]
        cmp [TMP0]
        bne record_bad_byte
        clc
        adc TMP4
        sta TMP4
        bra record_next_byte
; quirk: bytes-counted-twice.  With an odd number of data bytes the count passes its end, and the loader
; goes on reading.
record_bad_byte:
        jsr step_forward
        dec TMPC
record_next_byte:
        jsr step_forward
        dec TMPC
        bra record_data
record_checksum:
        jsr record_byte
        lda TMP4
        inc
        bne record_refused
; Wait for the end of the line, then `.` and the count.
record_end:
        jsl get_chr_entry
        cmp.b #CR
        beq record_done
        cmp.b #LF
        bne record_end
record_done:
        cpx #'8'
        beq load_end
        jsr acknowledge
        jmp next_record
; The `?` comes after one more character, normally the CR.  An LF there does not count; an ESC there
; is the one way out of the loader besides S8.
record_refused:
        jsl get_chr_entry
        cmp.b #LF
        beq record_refused
        cmp.b #ESC
        beq load_end
        inc ERRORS
        lda.b #'?'
        jsl put_chr_entry
        jmp next_record
.else
next_record:
        jsl get_chr_entry
        cmp.b #'S'
        beq record_type
        cmp.b #ESC
        bne next_record
        jmp load_end
record_type:
        jsl get_chr_entry
        cmp.b #'S'
        beq record_type         ; the command was typed, then a record came
        jsr isdecimal
        bcs next_record
        and.b #0x0f
        phy
        sep #0x10               ; the type stays in X
        tax
        rep #0x10
        ply
        stz TMP4                ; the sum
        stz TMP4+1              ; not 0 once something was wrong
        jsr record_byte
        sta TMPC                ; bytes left
        lda address_bytes,x
        sta TMPC+1
record_address:
        lda TMPC
        beq record_wrong
        lda TMP0+1
        sta TMP0+2
        lda TMP0
        sta TMP0+1
        jsr record_byte
        sta TMP0
        dec TMPC
        dec TMPC+1
        bne record_address
        cpx #2
        bcs record_data         ; a bank was there, or nothing is stored
        stz TMP0+2
record_data:
        lda TMPC
        beq record_wrong
        dec
        beq record_checksum
        jsr record_byte
        dec TMPC
        cpx #1
        bcc record_data
        cpx #4
        bcs record_data
        sta [TMP0]
        cmp [TMP0]
        beq record_verified
        inc TMP4+1
record_verified:
        jsr step_forward
        bra record_data
record_checksum:
        jsr record_byte
        lda TMP4
        inc
        beq record_end
record_wrong:
        inc TMP4+1
; Answer at the end of the line.
record_end:
        jsl get_chr_entry
record_end_at:
        cmp.b #CR
        beq record_done
        cmp.b #LF
        bne record_end
record_done:
        lda TMP4+1
        bne record_refused
        cpx #7
        bcs load_end
        jsr acknowledge
        jmp next_record
record_refused:
        lda.b #1
        sta ERRORS
        lda.b #'?'
        jsl put_chr_entry
        jmp next_record
; of S0 to S9
address_bytes:
        db 2, 2, 3, 4, 2, 2, 3, 4, 3, 2
.endif
; How A and X come back is recorded.
load_end:
        ldx #0
        lda ERRORS
        bne load_failed
        ldx #10
        rep #0x20
        lda #0
        sep #0x20
        clc
        rts
load_failed:
        sec
        rts

; Count a record and say so.
acknowledge:
        sed
        clc
        lda COUNT
        adc.b #1
        sta COUNT
        lda COUNT+1
        adc.b #0
        sta COUNT+1
        cld
        lda.b #'.'
        jsl put_chr_entry
        lda COUNT+1
        jsl send_hex
        lda COUNT
        jsl send_hex
        rts

.if ROM_QUIRKS
; A byte of the record that goes into the sum; a bad one counts as 00.
record_byte:
        jsl get_hex
        pha
        clc
        adc TMP4
        sta TMP4
        pla
        rts
.else
; A byte of the record that goes into the sum.  A bad digit ends the record.
record_byte:
        jsr record_digit
        asl
        asl
        asl
        asl
        sta TEMP
        jsr record_digit
        ora TEMP
        pha
        clc
        adc TMP4
        sta TMP4
        pla
        rts
record_digit:
        jsl get_chr_entry
        jsr hexin
        bcs record_broken
        rts
record_broken:
        inc TMP4+1
        plx                     ; out of record_digit and record_byte
        plx
        ldx #0
        jmp record_end_at
.endif
