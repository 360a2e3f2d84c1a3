; SPDX-License-Identifier: MIT
; UART 3: two rings of ten bytes, filled and emptied by interrupts.
;
; An index is moved on before it is used, and equal indexes mean "empty", so nine bytes fit.
; The short delay loops bring the routines to the recorded number of cycles.

; Interrupt: a character has arrived.
        org 0xfc75
receive_entry:
        rep #0x30
        pha
        phx
        phy
        phb
        phd
        phk
        plb
        pea 0
        pld
        sep #0x20
        lda.b #U3_RX
        sta UIFR
        lda ARTD3
        tax
        lda.b #FLAG_FLOW
        bit SFLAG3
        beq receive_store
        txa
        cmp.b #XON
        beq receive_xon
        cmp.b #XOFF
        beq receive_xoff
receive_store:
        ldy SININDX3
        iny
        cpy SINCNT3
        bcc receive_in_ring
        ldy #0
receive_in_ring:
.if !ROM_QUIRKS
        cpy SINEND3
        bne receive_room
        lda.b #0x40             ; ring full: the new byte goes
        tsb STATUS_S3
        bra receive_done
receive_room:
.endif
        txa
        sta (SIN_BUF3),y
        sty SININDX3
.if ROM_QUIRKS
        cpy SINEND3
        bne receive_counted
; quirk: oldest-dropped.  Ring full: the oldest byte goes (recorded: of 26 characters typed during a
; dump exactly the last nine are executed).
        iny
        cpy SINCNT3
        bcc receive_drop
        ldy #0
receive_drop:
        sty SINEND3
        lda.b #0x40
        tsb STATUS_S3
receive_counted:
        lda.b #FLAG_WAITING
        tsb SFLAG3
; quirk: lone-xon.  If our last flow character was not XON, one is due: so the first character after
; boot is answered with a lone 11.  quirk: no-xoff.  An XOFF is never sent.
        lda.b #FLAG_XON
        bit SFLAG3
        bne receive_done
        lda.b #FLAG_SEND_XON
        tsb SFLAG3
        lda.b #TX_ON
        tsb ACSR3
.else
        lda.b #FLAG_WAITING
        tsb SFLAG3
; XOFF as soon as five wait: the four places left take what a host's own buffer still lets out.
        jsr waiting_characters
        cmp.b #XOFF_AT
        bcc receive_done
        lda.b #FLAG_XOFF
        bit SFLAG3
        bne receive_done        ; said already
        ora.b #FLAG_SEND_XOFF
        tsb SFLAG3
        lda.b #TX_ON
        tsb ACSR3
.endif
receive_done:
        pld
        plb
        rep #0x30
        ply
        plx
        pla
        rti

; XOFF masks the transmit interrupt and leaves the transmitter on: what is in its two registers still
; goes out (recorded: three more characters, the one of them that was finishing included).
receive_xoff:
        lda.b #U3_TX
        trb UIER
        bra receive_done
receive_xon:
        lda.b #U3_TX
        tsb UIER
        bra receive_done

; Interrupt: the transmitter can take a character.
        org 0xfd08
transmit_entry:
        rep #0x30
        pha
        phx
        phy
        phb
        phd
        phk
        plb
        pea 0
        pld
        sep #0x20
        ldx #6
transmit_delay:
        dex
        bne transmit_delay
        lda.b #U3_TX
        sta UIFR
        lda SFLAG3
        bmi transmit_xon
.if !ROM_QUIRKS
        bit.b #FLAG_SEND_XOFF
        bne transmit_xoff
.endif
        ldy SOUTINDX3
        cpy SOUTEND3
        beq transmit_empty
        iny
        cpy SOUTCNT3
        bcc transmit_in_ring
        ldy #0
transmit_in_ring:
        lda (SOUTBUF3),y
        sty SOUTINDX3
        sta ARTD3
; When to be called next: more in the ring -> as soon as the data register is free; nothing left -> when
; the shift register is empty too, so that the transmitter can be switched off without cutting a
; character.  What is queued in the meantime waits for that; so the echo of the sixth digit of G is
; still in the ring when the program starts, and is lost if that masks interrupts (recorded).
        cpy SOUTEND3
        beq transmit_last
        lda.b #TX_BOTH
        trb ACSR3
transmit_done:
        pld
        plb
        rep #0x30
        ply
        plx
        pla
        rti
transmit_xon:
        lda.b #FLAG_SEND_XON
        trb SFLAG3
        lda.b #FLAG_XON
        tsb SFLAG3
        lda.b #XON
transmit_flow:
        sta ARTD3
        ldy SOUTINDX3
        cpy SOUTEND3
        bne transmit_done
transmit_last:
        lda.b #TX_BOTH
        tsb ACSR3
        bra transmit_done
.if !ROM_QUIRKS
transmit_xoff:
        lda.b #FLAG_SEND_XOFF
        trb SFLAG3
        lda.b #XOFF
        bra transmit_flow
.endif
transmit_empty:
        lda.b #TX_BOTH          ; first make sure that the last character is out
        tsb ACSR3
        beq transmit_done
        lda.b #TX_ON|TX_BOTH
        trb ACSR3
        bra transmit_done

; Entry SEND_BYTE_TO_PC: queue A.  C = 1 and nothing queued if the ring is full.  All registers kept,
; N and Z from A; any D, DBR, M and X.
        org 0xfdbc
send_byte:
        pha
        phx
        phy
        php
        phb
        phd
        phk
        plb
        pea 0
        pld
        sep #0x20
        rep #0x10
        ldy SOUTEND3
        iny
        cpy SOUTCNT3
        bcc send_in_ring
        ldy #0
send_in_ring:
        cpy SOUTINDX3
        beq send_full
        sta (SOUTBUF3),y
        ldx #6
send_delay:
        dex
        bne send_delay
        sty SOUTEND3
        ldx #PD_SECONDS
        stx PD_TIMER
        lda.b #TX_ON
        tsb ACSR3
        pld
        plb
        plp
        ply
        plx
        pla
        clc
        rtl
send_full:
        lda.b #0x80
        tsb STATUS_S3
        pld
        plb
        plp
        ply
        plx
        pla
        sec
        rtl

; Entry GET_BYTE_FROM_PC: C = 0 and A the next character, or C = 1 and A = 00.  X and Y kept, any DBR.
; The result is picked up through the caller's D, which is why D must be 0 (recorded).
        org 0xfbf9
get_byte:
        phx
        phy
        php
        phb
        phd
        phk
        plb
        pea 0
        pld
        sep #0x20
        rep #0x10
        sei                     ; the receive interrupt moves SINEND3 when the ring runs over
        ldy SINEND3
        cpy SININDX3
        beq get_nothing
        iny
        cpy SINCNT3
        bcc get_in_ring
        ldy #0
get_in_ring:
        lda (SIN_BUF3),y
        sta SDATA_SI3
        ldx #2
get_delay:
        dex
        bne get_delay
        sty SINEND3
        cpy SININDX3
        bne get_more_waiting
        lda.b #FLAG_WAITING
        trb SFLAG3
get_more_waiting:
.if !ROM_QUIRKS
        jsr waiting_characters
        cmp.b #XON_AT
        bcs get_no_flow
        lda.b #FLAG_XOFF
        trb SFLAG3
        beq get_no_flow         ; no XOFF was sent
        lda.b #FLAG_SEND_XOFF
        trb SFLAG3
        bne get_no_flow         ; it had not left yet
        lda.b #FLAG_SEND_XON
        tsb SFLAG3
        lda.b #TX_ON
        tsb ACSR3
get_no_flow:
.endif
        ldx #PD_SECONDS
        stx PD_TIMER
        pld
        plb
        plp
        ply
        plx
        lda.l SFLAG3
        and.b #FLAG_ECHO
        beq get_silent
        lda SDATA_SI3
        jsl put_chr_entry
get_silent:
        lda SDATA_SI3
        clc
        rtl
get_nothing:
        stz SDATA_SI3
        pld
        plb
        plp
        ply
        plx
        lda.b #0
        sec
        rtl

; Wait until everything queued has left.  The transmit interrupt switches the transmitter off then.
        org 0xfe03
drain_output:
        lda.b #TX_ON
drain_more:
        bit ACSR3
        bne drain_more
        rts

.if !ROM_QUIRKS
; -> A the number of characters in the receive ring.  D = 0; X and Y kept.
waiting_characters:
        lda SININDX3
        sec
        sbc SINEND3
        bcs waiting_counted
        adc SINCNT3
waiting_counted:
        rts
.endif

; Rings empty, pointers to their places, console routines back to the serial line.  The flags stay:
; `*` calls this too and no second XON follows (recorded).
        org 0xe664
console_setup:
        php
        sei
        ldx #ROM_IBUF0
        stx SIN_BUF0
        ldx #ROM_IBUF1
        stx SIN_BUF1
        ldx #ROM_IBUF2
        stx SIN_BUF2
        ldx #ROM_IBUF3
        stx SIN_BUF3
        ldx #ROM_OBUF0
        stx SOUTBUF0
        ldx #ROM_OBUF1
        stx SOUTBUF1
        ldx #ROM_OBUF2
        stx SOUTBUF2
        ldx #ROM_OBUF3
        stx SOUTBUF3
        ldx #RING_SIZE
        stx SINCNT0
        stx SINCNT1
        stx SINCNT2
        stx SINCNT3
        stx SOUTCNT0
        stx SOUTCNT1
        stx SOUTCNT2
        stx SOUTCNT3
        ldx #0
        stx SININDX3
        stx SINEND3
        stx SOUTINDX3
        stx SOUTEND3
        lda.b #0x08
        sta OUTPUT_XTRL
        stz ERRORS
        ldx #get_chr
        stx GET_CHR_JMP
        ldx #put_chr
        stx PUT_CHR_JMP
        ldx #get_put
        stx GET_PUT_JMP
        ldx #no_display
        stx CLR_LCD_JMP
        stx DISP_LCD_JMP
        stx TXT_CUR_JMP
        stx SND_BEEP_JMP
        ldx #0xffa2             ; recorded; see vectors.asm for what lies there
        stx LO_PWR_JMP
        plp
        rts
