; SPDX-License-Identifier: MIT
; The register dump, and the commands R and A.

; Entry DUMPREGS: print the saved registers.  All registers kept.
        org 0xe784
dump_registers:
        pha
        phx
        phy
        ldx #text_registers_2
        jsr say
        jsr show_main
        ldx #text_direct
        jsr say
        jsr show_rest
        ldx #text_status
        jsr say
        lda.w FLGS
        ldy #8
dump_flag:
        asl
        pha
        lda.b #'0'
        adc.b #0
        jsl put_chr_entry
        jsl send_space
        jsl send_space
        pla
        dey
        bne dump_flag
        jsl send_cr
        ply
        plx
        pla
        clc
        rtl

; PC, A, X, Y, S in one line.  Leaves the memory pointer at the PC, in bank 0.
show_main:
        ldx.w PCL
        stx TMP0
        lda.w TPBR
        sta TMP0+2
        jsl send_pointer
        stz TMP0+2
        jsl send_space
        ldx #ACC
        stx TMP2
        ldx #0
        stx TMPC
show_word:
        jsl send_space
        jsl send_space
        ldy #1
        lda (TMP2),y
        jsl send_hex
        jsl send_space
        lda (TMP2)
        jsl send_hex
        ldx TMP2
        inx
        inx
        stx TMP2
        ldx TMPC
        inx
        stx TMPC
        cpx #4
        bne show_word
        jmp end_of_line

        org 0xe84d
text_status:
        db CR, CR, "Status Reg", CR, "N  V  M  X  D  I  Z  C", CR, 0

; D, F, DBR in one line.
show_rest:
        jsl send_space
        jsl send_space
        lda.w DIRREG+1
        jsl send_hex
        jsl send_space
        lda.w DIRREG
        jsl send_hex
        jsl send_space
        jsl send_space
        lda.w FLGS
        jsl send_hex
        jsl send_space
        lda.w DBREG
        jsl send_hex
end_of_line:
        jsl send_space
        jsl send_space
        jsl send_cr
        rts

; A: both lines again, byte by byte.  SPACE keeps a byte; CR, ESC or a bad digit ends, what was typed
; before stays.
command_alter_registers:
        ldx #text_registers
        jsr say
        jsr show_main
        ldy #0
alter_register:
        cpy #11
        bne alter_byte
        ldx #text_direct        ; second line, for D F DBR
        jsr say
        jsr show_rest
        jsl send_space
        jsl send_space
alter_byte:
        rep #0x20
        lda alter_order,y
        and #0x00ff
        tax
        sep #0x20
        jsr alter_one
        bcs alter_end
        lda alter_behind,y
        beq alter_next
        cmp.b #':'
        bne alter_spaces
        jsl put_chr_entry
        bra alter_next
alter_spaces:
        pha
        jsl send_space
        pla
        dec
        bne alter_spaces
alter_next:
        iny
        cpy #15
        bne alter_register
alter_end:
        rts

; One byte of the saved set at ACC+X.  C = 1 to end.
alter_one:
        jsl get_chr_entry
        cmp.b #' '
        beq alter_keep
        cmp.b #CR
        beq alter_stop
        cmp.b #ESC
        beq alter_stop
        jsl put_chr_entry
        sta TEMP                ; not looked at before the second digit is there (recorded)
        jsl get_put_entry
        cmp.b #' '
        beq alter_keep
        jsr ascbin
        bcs alter_stop
        sta ACC,x
        rts
alter_keep:
        lda ACC,x
        jsl send_hex
        clc
        rts
alter_stop:
        sec
        rts

; PC, A, X, Y, S, D high byte first, then F and DBR, as offsets from ACC; and what follows each: a
; colon or so many spaces.
alter_order:
        db 14, 13, 12, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10
alter_behind:
        db ':', 0, 3, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2

; R
command_registers:
        jsl dump_registers
        rts
