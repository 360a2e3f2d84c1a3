; SPDX-License-Identifier: MIT
; Into user programs and back: G, J, U, X, BRK, NMI.

; Where a program called by J comes back to by RTL.  The stored PC stays, P shows M = 1 and X = 0.
call_return:
        sep #0x20
        rep #0x10
        cld
        sta.w ACC
        xba                     ; N and Z shown are those of the high half of A (recorded)
        sta.w ACC+1
        php
        stx.w XREG
        sty.w YREG
        pla
        sta.w FLGS
        tsx
        stx.w STK_PTR
        phd
        plx
        stx.w DIRREG
        phb
        pla
        sta.w DBREG
        cli
        jsl dump_registers
        jmp prompt

; G: six digits, or CR at any place for the stored PC.
command_go:
        jsl get_address
        bcc go_typed
        cmp.b #CR
        beq go_stored
        rts
go_typed:
        jsr typed_to_pc
go_stored:
        stz SB_SENTL
        ldx STK_PTR
        txs
        bra resume

; J: six digits; any cancel cancels.  The stack always starts at 01FF, whatever S is stored.
command_call:
        jsl get_address
        bcc call_typed
        rts
call_typed:
        jsr typed_to_pc
        stz SB_SENTL
        ldx #STACK_TOP
        txs
        phk
        pea call_return-1
; Start with the stored registers, in native mode, by RTI.
resume:
        lda TPBR
        pha
        ldx PCL
        phx
        lda FLGS
        pha
        lda DBREG
        pha
        ldx XREG
        ldy YREG
        rep #0x20
        lda DIRREG
        tcd
        lda ACC
        plb
        rti

typed_to_pc:
        ldx TMP2
        stx PCL
        lda TMP2+2
        sta TPBR
        rts

; U: the user's routine behind 012C, by default a restart.
command_user:
        jsl USER_CMD
        rts

; X: meant as low power, broken in the recorded ROM: the jump goes into the vector table.
command_low_power:
        jmp (LO_PWR_JMP)

; Entry DO_LOW_PWR_PGM: ports 0-3 and 7 all outputs at 1, no chip selects, the oscillator off.  After
; ten seconds at 32768 Hz it waits for the alarm, or for the user's routine at 01C0 to return V = 0
; where DFB3 holds 55 AA, and leaves through 0130, by default a restart.
low_power_start:
        lda.b #0xff
        ldx #0xffff
        stx PDD0
        stx PDD2
        sta PD7
        stz PCS7
        lda.b #0x09
        sta BCR
        lda.b #0xf1             ; first change PHI2 over, then stop the oscillator
        sta SSCR
        lda.b #0xf0
        sta SSCR
        ldx #0
low_power_delay:
        dex
        bne low_power_delay     ; 65536 times 5 cycles: 10 s
low_power_wait:
        jsl get_alarm_status
        bcs low_power_end
        ldx PWD_CELLS
        cpx #0xaa55
        bne low_power_wait
        jsr 0x01c0
        bvs low_power_wait
low_power_end:
        jmp URESTART

; BRK (also entry SBREAK).  Registers are stored through the data bank and the direct page that the
; program left: with DBR not 0 the guard byte is read from nowhere, counts as set, and nothing comes
; back; with D not 0 the dump shows wrong values (both recorded).
        org 0xe6d6
brk_entry:
        rep #0x30
        pha
        lda.w SB_SENTL
        lsr
        pla
        bcs nested              ; a BRK is being served: go on behind this one
        bra brk_taken

; NMI: as BRK, and ignored while either is being served.
        org 0xe6e4
nmi_entry:
        rep #0x30
        pha
        lda.w SB_SENTL
        and #0x0003
        bne nested_nmi
        pla
        sta.w ACC
        sep #0x20
        lda.b #0x02
        bra take_over
nested_nmi:
        pla
nested:
        rti
brk_taken:
        sta.w ACC
        sep #0x20
        lda.b #0x01
take_over:
        sta.w SB_SENTL
        stx.w XREG
        sty.w YREG
        pla
        sta.w FLGS
        plx
        stx.w PCL
        pla
        sta.w TPBR
        tsx
        stx.w STK_PTR
        phd
        plx
        stx.w DIRREG
        phb
        pla
        sta.w DBREG
        cli
        jsl dump_registers
        jmp prompt
