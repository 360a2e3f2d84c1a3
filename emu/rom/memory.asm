; SPDX-License-Identifier: MIT
; The memory pointer and the commands < > SPACE B F M; D and W only start here.

command_back:
        jsr step_back
        bra command_show
command_forward:
        jsr step_forward
command_show:
        jsl send_pointer
        jsl send_space
        lda [TMP0]
        jsl send_hex
        rts

; TMP0 up by one; WRAP tells that it passed FF:FFFF.
step_forward:
        inc TMP0
        bne step_done
        inc TMP0+1
        bne step_done
        inc TMP0+2
        bne step_done
        inc WRAP
step_done:
        rts

step_back:
        lda TMP0
        bne step_low
        lda TMP0+1
        bne step_middle
        dec TMP0+2
step_middle:
        dec TMP0+1
step_low:
        dec TMP0
        rts

        org 0xef75              ; where there is room
; DIFF = TMP2 - TMP0.  C = 0 if negative, Z = 1 if equal.
difference:
        sec
        lda TMP2
        sbc TMP0
        sta DIFF
        lda TMP2+1
        sbc TMP0+1
        sta DIFF+1
        lda TMP2+2
        sbc TMP0+2
        sta DIFF+2
        ora DIFF+1
        ora DIFF
        rts

; Lowest and highest address -> TMP0, TMP2.  C = 1, A the key, if cancelled.
ask_range:
        jsl get_start_address
        bcs ask_range_end
        ldx TMP2
        stx TMP0
        ldx TMP2+1
        stx TMP0+1
        jsl get_end_address
ask_range_end:
        rts

; B.  The old opcode is not kept; the guard byte is cleared as by G.
command_breakpoint:
        jsl set_breakpoint
        rts
; F.  Nothing is verified.
command_fill:
        jsl fill_memory
        rts
; M
command_alter:
        jsl alter_memory
        rts

; D
command_dump:
        jsl dump_to_output
        rts
; W
command_write:
        jsl dump_s28
        rts

; Entry SET_Breakpoint.  C = 1 if cancelled; registers kept.
        org 0xeb09
set_breakpoint:
        pha
        phx
        phy
        jsl get_address
        bcs breakpoint_end
        lda.b #0
        sta [TMP2]
        stz SB_SENTL
breakpoint_end:
        ply
        plx
        pla
        rtl

; Entry FILL_Memory.  C = 1 if cancelled; registers kept.
        org 0xeb1e
fill_memory:
        pha
        phx
        phy
        jsr ask_range
        bcs fill_end
        jsr difference
        bcc fill_end            ; low above high: nothing to do, no question
        jsl send_cr
        ldx #text_byte
        jsr say
        jsl get_put_entry
        jsr ishex
        bcs fill_end
        sta TEMP
        jsl get_put_entry
        jsr join_digits
        bcs fill_end
        sta TEMP
fill_loop:
        nop                     ; about the recorded 88 cycles a byte
        nop
        nop
        lda TEMP
        sta [TMP0]
        jsr difference
        beq fill_done
        jsr step_forward
        bra fill_loop
fill_done:
        clc
fill_end:
        ply
        plx
        pla
        rtl

        org 0xeb84
text_byte:
        db "Enter Byte in HEX", ' '|0x80

; Entry Alter_Memory: show a line, then take bytes.  C = 1 if cancelled.
        org 0xeb96
alter_memory:
        jsl dump_one_line
        bcc alter_line
        rtl
alter_line:
        lda.b #16
        sta TMPC                ; bytes left on this line
        lda TMP1+2
        jsl send_hex
        lda.b #':'
        jsl put_chr_entry
        lda TMP1+1
        jsl send_hex
        lda TMP1
        jsl send_hex
alter_space:
        jsl send_space
alter_first:
        jsl get_put_entry
        cmp.b #CR
        beq alter_finished
        cmp.b #' '
        beq alter_old
        cmp.b #BS
        beq alter_back
        jsr ishex
        bcs alter_bad_first
        sta TEMP
alter_second:
        jsl get_put_entry
        cmp.b #CR
        beq alter_finished      ; nothing stored
        cmp.b #BS
        beq alter_second        ; shown, not obeyed
        jsr join_digits
        bcs alter_bad_second
        sta [TMP1]
        cmp [TMP1]
        beq alter_step
        ldx #text_bad_memory
        jsr say
alter_step:
        inc TMP1
        bne alter_count
        inc TMP1+1
        bne alter_count
        inc TMP1+2
alter_count:
        dec TMPC
        bne alter_space
        jsl send_cr
        bra alter_line
alter_finished:
        clc
        rtl
alter_old:
        jsl send_backspace
        lda [TMP1]
        jsl send_hex
        bra alter_step
alter_back:
        jsl send_backspace
        jsl send_backspace
        lda TMP1
        bne alter_back_low
        lda TMP1+1
        bne alter_back_middle
        dec TMP1+2
alter_back_middle:
        dec TMP1+1
alter_back_low:
        dec TMP1
        inc TMPC
        bra alter_first
alter_bad_first:
        ldx #text_bad_digit
        jsr say
        bra alter_first
alter_bad_second:
        ldx #text_bad_digit
        jsr say
        bra alter_second
