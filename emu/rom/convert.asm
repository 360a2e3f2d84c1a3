; SPDX-License-Identifier: MIT
; Digits.  All keep X and Y; C = 1 means "not valid" where nothing else is said.

; Two hex digits, the high one in TEMP, the low one in A -> A.  TMP6 gets the low value.
        org 0xf0bf
ascbin:
        jsr hexin
        bcs ascbin_bad
        sta TMP6
        lda TEMP
        jsr hexin
        bcs ascbin_bad
        asl
        asl
        asl
        asl
        ora TMP6
        clc
ascbin_bad:
        rts

; A hex digit -> its value.
        org 0xf0f0
hexin:
        jsr ishex
        bcs hexin_bad
        cmp.b #'A'
        bcc hexin_decimal
        sbc.b #7
hexin_decimal:
        and.b #0x0f
        clc
hexin_bad:
        rts

; Is A a hex digit?  It comes back in upper case.
        org 0xf103
ishex:
        jmp ishex_body

        org 0xf10d
isdecimal:
        cmp.b #'0'
        bcc not_valid
        cmp.b #'9'+1
        rts

; Printable, 20-7E?
        org 0xf116
ifasc:
        cmp.b #' '
        bcc not_valid
        cmp.b #0x7f
        rts

        org 0xf11d
upper_case:
        cmp.b #'a'
        bcc upper_end
        cmp.b #'z'+1
        bcs upper_end
        and.b #0xdf
upper_end:
        rts

; A -> A the low hex digit as a character, TEMP+1 the high one.
        org 0xf0d7
binasc:
        pha
        lsr
        lsr
        lsr
        lsr
        jsr digit
        sta TEMP+1
        pla
        and.b #0x0f
; 0-15 -> a character
digit:
        cmp.b #10
        bcc digit_decimal
        adc.b #'A'-'0'-10-1     ; C = 1
digit_decimal:
        adc.b #'0'
        rts

; A -> packed decimal, modulo 100; flags kept.
        org 0xf129
bin2dec:
        php
        phx
        ldx #0
bin2dec_tens:
        cmp.b #10
        bcc bin2dec_ones
        sbc.b #10
        inx
        bra bin2dec_tens
bin2dec_ones:
        pha
        txa
        cmp.b #10
        bcc bin2dec_join
        sbc.b #10
bin2dec_join:
        asl
        asl
        asl
        asl
        ora 1,s
        sta 1,s
        pla
        plx
        plp
        rts

ishex_body:
        jsr isdecimal
        bcc ishex_end
        jsr upper_case
        cmp.b #'A'
        bcc not_valid
        cmp.b #'F'+1
ishex_end:
        rts
not_valid:
        sec
        rts
