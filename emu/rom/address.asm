; SPDX-License-Identifier: MIT
; The address questions: six digits, no CR, a colon put in after the second.

; Entries Get_Address, Get_S_Address, Get_E_Address: ask first.  X comes back pointing at the question.
; The questions end in a byte with bit 7.
        org 0xf204
get_address:
        ldx #text_address
        jmp ask_address
        org 0xf21a
text_address:
        db "Enter Address  BB:AAAA", ' '|0x80
text_lowest:
        db "Enter Lowest Address   BB:AAAA", ' '|0x80
text_highest:
        db "Enter Highest Address  BB:AAAA", ' '|0x80
get_start_address:              ; F26F
        ldx #text_lowest
        bra ask_address
        org 0xf28c
get_end_address:
        ldx #text_highest
ask_address:
        jsl send_cr
        jsr say
        bra get_3byte_address
; Entry GET_3BYTE_ADDR: the digits -> TMP2.  C = 1 and A the key on ESC or CR, else A the low byte.
; X and Y kept.  A bad character is taken back on the
; screen; the sixth digit is final.
        org 0xf2a0
get_3byte_address:
        phx
        ldx #0                  ; length of the text so far, colon included
address_next:
        jsl get_put_entry
        cmp.b #ESC
        beq address_cancelled
        cmp.b #CR
        beq address_cancelled
        cmp.b #BS
        beq address_drop
        jsr ishex
        bcs address_bad
        sta STR_BUF,x
        inx
        cpx #2
        bne address_full
        lda.b #':'
        jsl put_chr_entry
        sta STR_BUF,x
        inx
address_full:
        cpx #7
        bne address_next
        ldx #STR_BUF
        stx TMPRY_PTR
        ldx #0
        jsr address_byte
        sta TMP2+2
        ldx #3
        jsr address_byte
        sta TMP2+1
        ldx #5
        jsr address_byte
        sta TMP2
        clc
address_end:
        plx
        rep #0x82               ; N = Z = 0 (recorded)
        rtl
address_cancelled:
        sec
        bra address_end
address_bad:
        jsl send_backspace
.if !ROM_QUIRKS
        bra address_next
.endif                          ; quirk: address-digit-dropped
address_drop:
        cpx #0
        beq address_next
        dex
        cpx #2
        bne address_next
        jsl send_backspace      ; over the colon, and the digit before it goes
        dex
        bra address_next

; The two digits at STR_BUF+X, known to be good.
address_byte:
        lda STR_BUF,x
        sta TEMP
        lda STR_BUF+1,x
        jmp join_digits
