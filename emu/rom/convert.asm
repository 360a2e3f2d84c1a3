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
        sbc.b #'0'-1            ; C = 0
        cmp.b #10
        bcc hexin_bad
        sbc.b #'A'-'0'-10
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
        sec                     ; C = 1 where a letter was changed (recorded)
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
; 0-15 -> a character, by decimal arithmetic: from 10 on the first addition carries into the second.
; C = 1 where it is a decimal digit (recorded).
digit:
        sed
        clc
        adc.b #0x90
        adc.b #0x40
        cld
        rts

; A -> packed decimal, right up to 111 (modulo 100); flags kept.  The decimal value of the low half of A passes through
; TMP8 (recorded).
        org 0xf129
bin2dec:
        php
        phx
        pha
        and.b #0x0f
        cmp.b #10
        bcc bin2dec_low
        adc.b #6-1              ; C = 1
bin2dec_low:
        sta.w TMP8
        pla
        lsr
        lsr
        lsr
        lsr
        phy
        sep #0x10               ; X from 8 bits, without touching the high half of A
        tax
        lda.w TMP8
        sed
        clc
        adc sixteens,x
        rep #0x10
        ply
        plx
        plp                     ; D off again
        rts
; 16 times 0-6 in packed decimal.  From 112 on the entry answers as if tens followed there (recorded).
sixteens:
        db 0x00, 0x16, 0x32, 0x48, 0x64, 0x80, 0x96
        db 0, 10, 20, 30, 40, 50, 60, 70, 80

ishex_body:
        cmp.b #'A'
        bcc isdecimal
        jsr upper_case
        cmp.b #'F'+1
        rts
not_valid:
        sec
        rts

; As ascbin, for digits typed at a question: TEMP comes back as 16 times the high digit, and TMP6 is
; left alone (recorded).
join_digits:
        jsr hexin
        bcs join_bad
        pha
        lda TEMP
        jsr hexin
        bcs join_drop
        asl
        asl
        asl
        asl
        sta TEMP
        ora 1,s
        sta 1,s
join_drop:
        pla
join_bad:
        rts
