; SPDX-License-Identifier: MIT
; S: the loader of S2 records.  The letter S is the command as well as the first letter of a record,
; so a record stream can be sent at the prompt.
;
; The quirks are recorded and kept: only S2 stores, every other type but 8 is acknowledged; a byte that
; does not verify, or a bad digit, moves the address and the count on twice, so with an odd number of
; data bytes the count passes its end and the loader goes on reading.

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
next_record:
        jsl get_chr_entry
        cmp.b #'S'
        bne next_record
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
        cpx #'2'
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

; A byte of the record that goes into the sum; a bad one counts as 00.
record_byte:
        jsl get_hex
        pha
        clc
        adc TMP4
        sta TMP4
        pla
        rts
