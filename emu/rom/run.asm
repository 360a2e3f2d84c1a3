; SPDX-License-Identifier: MIT
; Into user programs and back: G, J, U, X, BRK, NMI.

; A program begins as long after the last character as recorded: 1449 cycles behind the sixth digit of G,
; 1480 behind that of J, 912 behind the CR of G.
RESUME_DELAY equ 26
TYPED_DELAY  equ 25
J_DELAY      equ 5

; Where a program called by J comes back to by RTL.  The stored PC stays, P shows M = 1 and X = 0.
call_return:
        sep #0x20
        rep #0x10
        cld
.if !ROM_QUIRKS
        jsr save_bank
.endif
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
.if ROM_QUIRKS
        phd                     ; quirk: bank-and-direct-page, see brk_entry
        plx
        stx.w DIRREG
        phb
        pla
        sta.w DBREG
.endif
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
.if !ROM_QUIRKS
        jsr drain_output        ; quirk: last-echo-lost, see uart.asm
.endif
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
.if !ROM_QUIRKS
        jsr drain_output
.endif
        ldx #STACK_TOP
        txs
        phk
        pea call_return-1
        ldx #J_DELAY
        jsr wait_x
; Start with the stored registers, in native mode, by RTI.
resume:
        ldx #RESUME_DELAY
        jsr wait_x
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
        ldx #TYPED_DELAY
wait_x:                         ; 5 cycles per unit of X
        dex
        bne wait_x
        rts

; U: the user's routine behind 012C, by default a restart, which loses the two spaces behind the echo:
; quirk: spaces-lost.
command_user:
.if !ROM_QUIRKS
        jsr drain_output
.endif
        jsl USER_CMD
        rts

; X: low power.  The recorded ROM has a wrong address in the cell and crashes; the cell holds the same
; value here, and what lies there leads on to low_power_start, see vectors.asm.
command_low_power:
        jsr drain_output
        jmp (LO_PWR_JMP)

; Entry DO_LOW_PWR_PGM: ports 0-3 and 7 all outputs at 1, no chip selects, the oscillator off.  After
; ten seconds at 32768 Hz it waits for the alarm, or for the user's routine at 01C0 to return V = 0
; where DFB3 holds 55 AA, and leaves through 0130, by default a restart.
low_power_start:
        cli                     ; the half-hour timer comes from inside the T1 interrupt; T1 has to go on
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

; BRK (also entry SBREAK).
; quirk: bank-and-direct-page.  Registers are stored through the data bank and the direct page that the
; program left: with DBR not 0 the guard byte is read from nowhere, counts as set, and nothing comes
; back; with D not 0 the dump shows wrong values.
        org 0xe6d6
brk_entry:
        rep #0x30
        pha
.if ROM_QUIRKS
        lda.w SB_SENTL
.else
        lda.l SB_SENTL
.endif
        lsr
        pla
        bcs nested              ; a BRK is being served: go on behind this one
        bra brk_taken

; NMI: as BRK, and ignored while either is being served.
        org 0xe6e4
nmi_entry:
        rep #0x30
        pha
.if ROM_QUIRKS
        lda.w SB_SENTL
.else
        lda.l SB_SENTL
.endif
        and #0x0003
        bne nested_nmi
        pla
.if ROM_QUIRKS
        sta.w ACC
        sep #0x20
.else
        jsr save_bank_wide
.endif
        lda.b #0x02
        bra take_over
nested_nmi:
        pla
nested:
        rti
brk_taken:
.if ROM_QUIRKS
        sta.w ACC
        sep #0x20
.else
        jsr save_bank_wide
.endif
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
.if ROM_QUIRKS
        phd
        plx
        stx.w DIRREG
        phb
        pla
        sta.w DBREG
.endif
        cli
        jsl dump_registers
        jmp prompt

.if !ROM_QUIRKS
; A is 16 bits: store it and go on as save_bank.
        org 0xf020
save_bank_wide:
        sta.l ACC
        sep #0x20
; Store the program's D and DBR and make them 0.  A, X and Y kept; A 8 bits.
save_bank:
        pha
        phb
        pla
        sta.l DBREG
        phk
        plb
        pla
        phx
        phd
        plx
        stx.w DIRREG
        pea 0
        pld
        plx
        rts
.endif
