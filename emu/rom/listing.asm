; SPDX-License-Identifier: MIT
; Memory written out: D and W, and the entries of their family.
;
; Flags in DUMP_FLGS: 01 S2 and a count in front, 02 eight bytes a line, 04 a space behind each byte and
; a header, 08 a checksum, 10 pause at a page, 20 one line, 40 characters instead of digits.

; Entries Dump_to_Printer (there is none: the console, as recorded) and Dump_to_Output: ask, dump, wait
; for a key.  C = 1 if cancelled.
        org 0xec5c
dump_to_printer:
        jsl dump_to_output
        bra dump_console
        org 0xec6b
dump_to_output:
        lda.b #0x04
        ldx #60
        bra dump_range

; Entries Dump_1_line_...: one address, no key.
        org 0xec73
dump_one_line:
        lda.b #0x24
        ldx #60
        jsr dump_short
        bcs dump_one_end
        lda DUMP_FLGS
dump_one_end:
        rtl

; Entries Dump_to_Screen and Dump_to_Screen_ASCII: for a small display.
        org 0xec85
dump_to_screen:
        lda.b #0x16
        bra dump_screen
        org 0xec8c
dump_to_screen_ascii:
        lda.b #0x42
        bra dump_screen
        org 0xec93
dump_one_line_to_screen:
        jmp dump_one_narrow

; Entry DumpS28.  A range that ends at FF:FFFF gets no S8 record (recorded).
        org 0xec9a
dump_s28:
        lda.b #0x09
        ldx #0                  ; no pages
        jsr dump_asked
        bcs dump_cancelled
        lda WRAP
        bne dump_key
        ldx #text_end_record
        jsr say
        bra dump_key
        org 0xecb1
text_end_record:
        db "S804000000FB", 0
dump_one_narrow:
        lda.b #0x36
        ldx #12
        jsr dump_short
        bcc dump_console
        rtl
dump_screen:
        ldx #12
        phk                     ; as by JSL, to come back here
        per dump_console-1
dump_range:
        jsr dump_asked
        bcs dump_cancelled
dump_key:
        jsl get_chr_entry
        clc
dump_cancelled:
        rtl
; Output goes to the console again, where these entries found it on a board without display or printer.
dump_console:
        bcs dump_cancelled
        lda.b #0x08
        sta OUTPUT_XTRL
        rtl
dump_short:
        sta DUMP_FLGS
        stx LINE_MAX
        jsl get_address
        bcs dump_short_end
        ldx TMP2
        stx TMP0
        ldx TMP2+1
        stx TMP0+1
        lda TMP2
        clc
        adc.b #8
        sta TMP2
        bcc dump_short_ready
        inc TMP2+1
        bne dump_short_ready
        inc TMP2+2
dump_short_ready:
        bra dump_lines
dump_short_end:
        rts

; Flags in A, lines a page in X: ask for the range and dump it.
dump_asked:
        sta DUMP_FLGS
        stx LINE_MAX
        jsr ask_range
        bcc dump_lines
        rts
dump_lines:
        ldx TMP0
        stx TMP1
        ldx TMP0+1
        stx TMP1+1
        stz WRAP
        ldx #0
        stx LINE_CNT
        jsl send_cr
        lda DUMP_FLGS
        ldx LINE_MAX
        jsl dump_it
        rts

; Entry Dump_It: flags in A, lines a page in X, TMP0 from, TMP2 to, WRAP and LINE_CNT 0.
        org 0xed53
dump_it:
        sta DUMP_FLGS
        stx LINE_MAX
        phy
        jsr dump_header
dump_line:
        jsr line_length
        ldx #0
        stx TMP4                ; the sum of the line, of S2 records also their checksum
        lda.b #0x01
        bit DUMP_FLGS
        bne dump_record
        jsl send_pointer
        jsl send_space
        lda TMP0+2
        jsr add_to_sum
        lda TMP0+1
        jsr add_to_sum
        lda TMP0
        jsr add_to_sum
        bra dump_bytes
dump_record:
        lda.b #'S'
        jsl put_chr_entry
        lda.b #'2'
        jsl put_chr_entry
        lda TMPC
        clc
        adc.b #4
        jsr dump_sum
        lda TMP0+2
        jsr dump_sum
        lda TMP0+1
        jsr dump_sum
        lda TMP0
        jsr dump_sum
dump_bytes:
        lda [TMP0]
        bit DUMP_FLGS           ; V = characters wanted
        bvs dump_character
        jsr dump_sum
        lda.b #0x04
        bit DUMP_FLGS
        beq dump_step
        jsl send_space
dump_step:
        jsr step_forward
        dec TMPC
        bne dump_bytes
        lda.b #0x08
        bit DUMP_FLGS
        beq dump_line_end
        lda TMP4
        eor.b #0xff
        jsl send_hex
dump_line_end:
        jsl send_cr
        jsr difference
        bcc dump_end
        lda WRAP
        bne dump_end
        ldx LINE_CNT
        inx
        stx LINE_CNT
        cpx LINE_MAX
        bne dump_next_line
        jsr dump_page
dump_next_line:
        jmp dump_line
dump_character:
        jsr ifasc
        bcc dump_printable
        lda.b #'`'
dump_printable:
        jsl put_chr_entry
        bra dump_step
dump_end:
        ldx LINE_CNT
        ply
        ora.b #0                ; N and Z from A again (recorded)
        clc
        rtl

; A as two digits, and into the sum.
dump_sum:
        jsr add_to_sum
        jsl send_hex
        rts
; A into the 16 bits of the sum.
add_to_sum:
        pha
        clc
        adc TMP4
        sta TMP4
        bcc added
        inc TMP4+1
added:
        pla
        rts

; A new page: on a display a key first, on paper a form feed.
dump_page:
        ldx #0
        stx LINE_CNT
        lda.b #0x10
        bit DUMP_FLGS
        beq dump_form_feed
        jsl get_chr_entry
        bra dump_header
dump_form_feed:
        lda.b #FORMFEED
        jsl put_chr_entry
; Column digits, beginning with the low digit of the address.
dump_header:
        lda.b #0x04
        bit DUMP_FLGS
        beq dump_no_header
        ldx #text_columns
        jsr say
        jsr line_width
        ldx TMP0
dump_column:
        txa
        and.b #0x0f
        jsr digit
        jsl put_chr_entry
        jsl send_space
        jsl send_space
        inx
        dec TMPC
        bne dump_column
        jsl send_cr
        jsl send_cr
dump_no_header:
        rts

; TMPC = bytes of the next line: a full line, or of a record what is left of the range.
line_length:
        jsr line_width
        lda.b #0x01
        bit DUMP_FLGS
        beq line_full
        jsr difference
        lda DIFF+2
        ora DIFF+1
        bne line_full
        lda DIFF
        cmp.b #16
        bcs line_full
        inc
        sta TMPC
line_full:
        rts
line_width:
        lda.b #16
        bit DUMP_FLGS           ; V = characters: sixteen fit any display
        bvs line_width_known
        lda.b #0x02
        bit DUMP_FLGS
        bne line_narrow
        lda.b #16
line_width_known:
        sta TMPC
        rts
line_narrow:
        lda.b #8
        sta TMPC
        rts
