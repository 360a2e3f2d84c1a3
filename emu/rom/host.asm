; SPDX-License-Identifier: MIT
; The commands for a host program: / memory, | registers.  Nothing behind the letter is echoed; the
; first character that does not fit is answered NAK and the rest is left for the prompt.

; /: CR shows the pointer, SPACE reads; YY SPACE writes; XXXX or BB:XXXX before a SPACE reads there,
; before two more digits writes there.  After every read or write the pointer goes on by one.
command_host_memory:
        jsr echo_off
        jsl get_chr_entry
        cmp.b #CR
        beq host_pointer
        cmp.b #' '
        beq host_read
        jsr hex_from
        bcs host_nak
        sta TMP6                ; one byte so far
        jsl get_chr_entry
        cmp.b #' '
        beq host_write_byte
        cmp.b #':'
        beq host_bank
        ldx TMP6                ; it was the high byte of an address in bank 0
        stx TMP6+1
        jsr hex_from
        bcs host_nak
        sta TMP6
        stz TMP6+2
        bra host_at
host_bank:
        lda TMP6
        sta TMP6+2
        jsr hex_pair
        bcs host_nak
        sta TMP6+1
        jsr hex_pair
        bcs host_nak
        sta TMP6
; The address is complete.  The write happens on the last digit; a SPACE behind it is a command.
host_at:
        jsl get_chr_entry
        cmp.b #' '
        beq host_read_at
        jsr hex_from
        bcs host_nak
        jsr host_set_pointer
        bra host_write
host_write_byte:
        lda TMP6
host_write:
        sta [TMP0]
        bra host_read
host_read_at:
        jsr host_set_pointer
host_read:
        lda [TMP0]
        jsl send_hex
        jsr step_forward
        bra echo_back
host_pointer:
        jsl send_pointer
        bra echo_back
host_nak:
        lda.b #NAK
host_answer:
        jsl put_chr_entry
echo_back:
        lda TMPC
        tsb SFLAG3
        rts

host_set_pointer:
        ldx TMP6
        stx TMP0
        ldx TMP6+1
        stx TMP0+1
        rts

; The input routine does not echo while / and | read.
echo_off:
        lda SFLAG3
        and.b #FLAG_ECHO
        sta TMPC
        trb SFLAG3
        rts

; Two digits without echo -> A.  C = 1 as soon as one is bad.  X, Y kept, TEMP too (recorded).
hex_pair:
        jsl get_chr_entry
; The same, the first digit already in A.
hex_from:
        jsr hexin
        bcs hex_bad
        asl
        asl
        asl
        asl
        pha
        jsl get_chr_entry
        jsr hexin
        bcs hex_drop
        ora 1,s
        sta 1,s
hex_drop:
        pla
hex_bad:
        rts

; |: SPACE shows all; A X Y S D and four digits, F B and two, P and BB:AAAA set.  Capitals only.
command_host_registers:
        jsr echo_off
        jsl get_chr_entry
        cmp.b #' '
        beq host_show
        ldx #FLGS-ACC
        cmp.b #'F'
        beq host_set_byte
        dex                     ; DBREG
        cmp.b #'B'
        beq host_set_byte
        cmp.b #'P'
        beq host_set_pc
        ldx #4
host_find:
        cmp host_letters,x
        beq host_set_word
        dex
        bpl host_find
        bra host_refuse
host_set_byte:
        jsr hex_pair
        bcs host_refuse
        sta ACC,x
        bra host_ack
host_set_pc:
        jsr hex_pair
        bcs host_refuse
        sta TMP6+2
        jsl get_chr_entry
        cmp.b #':'
        bne host_refuse
        jsr hex_pair
        bcs host_refuse
        sta TMP6+1
        jsr hex_pair
        bcs host_refuse
        sta PCL
        ldx TMP6+1
        stx PCH                 ; and the bank behind it
        bra host_ack
host_set_word:
        rep #0x20
        txa
        asl
        tax
        sep #0x20
        jsr hex_pair
        bcs host_refuse
        sta TMP6+1
        jsr hex_pair
        bcs host_refuse
        sta ACC,x
        lda TMP6+1
        sta ACC+1,x
host_ack:
        lda.b #ACK
        jmp host_answer
host_refuse:
        jmp host_nak
host_letters:
        db "AXYSD"              ; in the order of the saved set

; PPPPPP AAAA XXXX YYYY SSSS DDDD FF BB, a space behind each.
host_show:
        lda TPBR
        jsl send_hex
        ldx #PCL-ACC
        jsr host_word
        ldx #0
host_words:
        jsr host_word
        inx
        inx
        cpx #10
        bne host_words
        lda FLGS
        jsl send_hex
        jsl send_space
        lda DBREG
        jsl send_hex
        jsl send_space
        jmp echo_back
host_word:
        lda ACC+1,x
        jsl send_hex
        lda ACC,x
        jsl send_hex
        jsl send_space
        rts
