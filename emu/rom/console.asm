; SPDX-License-Identifier: MIT
; Characters and strings.  The character routines go through pointers in RAM, so a program can
; put its own in their place.

; Entry GET_CHR: wait for a character, -> A, C = 0.  X and Y kept.
        org 0xf1b2
get_chr_entry:
        jmp (GET_CHR_JMP)
get_chr:
        jsl get_byte
        bcs get_chr
        rtl

; Entry PUT_CHR: wait for room, queue A, C = 0.  All registers kept.
        org 0xf1bc
put_chr_entry:
        jmp (PUT_CHR_JMP)
put_chr:
        jsl send_byte
        bcs put_chr
        rtl

; Entry GET_PUT_CHR: GET_CHR with echo.
        org 0xf1c6
get_put_entry:
        jmp (GET_PUT_JMP)
get_put:
        jsl get_chr_entry
        jsl put_chr_entry
        rtl

; Entries SEND_CR, SEND_SPACE, BACKSPACE: A comes back as the character.
        org 0xf1d6
send_cr:
        lda.b #CR
        jmp put_chr_entry
        org 0xf1df
send_space:
        lda.b #' '
        jmp put_chr_entry
        org 0xf1ea
send_backspace:
        lda.b #BS
        jmp put_chr_entry

; What the display pointers lead to on a board without a display.
        org 0xf203
no_display:
        rtl

; Entry GET_HEX: two digits without echo -> A.  C = 1: bad (A = 00, both were read) or the first was a
; SPACE (A = 20, only that was read).
        org 0xf07d
get_hex:
        jsl get_chr_entry
        cmp.b #' '
        beq get_hex_end         ; C = 1
        sta TEMP
        jsl get_chr_entry
        jsr ascbin
        bcc get_hex_end
        lda.b #0
        rtl
get_hex_end:
        rep #0x82               ; N = Z = 0 whatever A is (recorded)
        rtl

; Entry SEND_HEX_OUT: A as two digits.  The first is fetched from page 0 whatever D is, so D must be 0
; (recorded).
        org 0xf370
send_hex:
        jsr binasc
        pha
        lda.l TEMP+1
        jsl put_chr_entry
        pla
        jmp put_chr_entry

; Entry WR_3_ADDRESS: the memory pointer as BB:AAAA.
        org 0xf351
send_pointer:
        lda.l TMP0+2
        jsl send_hex
        lda.b #':'
        jsl put_chr_entry
        lda.l TMP0+1
        jsl send_hex
        lda.l TMP0
        jmp send_hex

; Entry PUT_STR: the text at bank A, address X, up to a 00 or a byte with bit 7, which is sent
; without that bit; at most 640 bytes.
; Registers kept, C = 0, any D and DBR.
        org 0xf3a1
put_str:
        pha
        phx
        phy
        phb
        phd
        phk
        plb
        pea 0
        pld
        stx TMP4
        sta TMP4+2
        ldy #0
put_str_next:
        lda [TMP4],y
        beq put_str_end
        bmi put_str_last
        jsl put_chr_entry
        iny
        cpy #640
        bcc put_str_next
        bra put_str_end
put_str_last:
        and.b #0x7f
        jsl put_chr_entry
put_str_end:
        pld
        plb
        ply
        plx
        pla
        clc
        rtl

; Entry GET_STR: a line into bank A, address X, with echo: CR and 00 behind the text.  BS takes a
; character back.  C = 1 on ESC.  Registers kept; no limit.
        org 0xf3d7
get_str:
        pha
        phx
        phy
        phb
        phd
        phk
        plb
        pea 0
        pld
        stx TMPRY_PTR
        sta TMPRY_PTR+2
        ldy #0
        bra get_str_index
get_str_back:
        cpy #0
        beq get_str_next
        dey
get_str_index:
        sty STR_BUF_PTR
get_str_next:
        jsl get_put_entry
        cmp.b #ESC
        beq get_str_end         ; C = 1
        cmp.b #BS
        beq get_str_back
        sta [TMPRY_PTR],y
        iny
        cmp.b #CR
        bne get_str_index
        sty STR_BUF_PTR
        lda.b #0
        sta [TMPRY_PTR],y
        clc
get_str_end:
        pld
        plb
        ply
        plx
        pla
        rtl
