; SPDX-License-Identifier: MIT
; The board's side of turbo: raw blocks with a CRC at any baud rate, called by J of the monitor.
;
;   in:   D = DBR = 0, native mode, index registers 16 bits; RAM of bank 0, from a page's byte FIRST on
;   out:  all registers, T4, UART 3 and its interrupts as they were
;
; `sxb.turbo` says what goes over the line.  It leaves by itself, back to the monitor at its own speed, when
; nothing sensible has come for 1.8 s: whatever becomes of the computer, the board comes back.  The
; clock of the monitor goes on: its interrupt waits at most for one block.
;
; It lies in RAM of the image that it loads.  The last block overwrites all in front of `variables`, which has
; done its work by then.  The host adds the page to the high byte of every absolute operand (`sxb.turbo.PAGED`).
;
; The CRC has the generator x^32 + x^7 + x^5 + x^3 + x^2 + x + 1, which is primitive and whose terms lie in the
; low word, but for the first: the shortest to divide by, at 20 cycles a bit.

        .65816
        .include "w65c265.inc"

WAIT    equ 16384               ; looks at the line, 11 cycles each: 49 ms at 3.6864 MHz
SHORT   equ 6                   ; so many of them at a rate that is tried
LONG    equ 36                  ; and so many at one that works

; D points 16 bytes before `variables`, so that what the last block may overwrite is in reach, too.
LEFT    equ 14                  ; waits until patience is over
TRIAL   equ 15                  ; not 0 at a rate that is tried
HEADER  equ 16                  ; six bytes: address less 1, mark, length; or a value of T4, mark, 0
MARK    equ HEADER + 3          ; bit 7: the last block
LENGTH  equ HEADER + 4
TARGET  equ HEADER + 6          ; where to, less 1
LOW     equ HEADER + 9          ; the remainder
HIGH    equ HEADER + 11

        .org 0x40
; The sixth digit of J starts the program at once; was it changed on the line, it lands here all the same.
start:  .repeat 16
        nop
        .endr
        php
        rep.b #0x38             ; 16 bits, no decimal mode
        pha
        phx
        phy
        sep.b #0x20
        ldx.w #0                ; the echo of that digit leaves by an interrupt of the monitor, which then
echo:   lda ACSR3               ; switches the transmitter off; not for ever, it may be held by an XOFF
        lsr
        bcc alone
        dex
        bne echo
alone:  sei
        lda UIER
        pha
        and.b #~(UIER_U3RX | UIER_U3TX) & 0xff
        sta UIER
        lda ACSR3
        pha
        lda T4LL
        pha
        lda.b #ACSR_TX_ON | ACSR_TX_WHEN_IDLE | ACSR_EIGHT_BITS | ACSR_RX_ON
        sta ACSR3
        phd
        pea variables - 16
        pld
ready:  jsr calm
spoilt: lda.b #'?'              ; something may be sent, or must be sent again
        xba
        lda.b #'?'
        jsr say
header: ldx.w #variables - 1
        stx TARGET
        stz TARGET + 2
        ldy.w #6
        jsr take
        bcc frame
        dec LEFT
        beq over
        cpy.w #6
        beq header
noise:  jsr get                 ; let everything pass that belongs to a spoilt frame
        bcc noise
        bra spoilt

over:   lda TRIAL
        beq quit
        lda 3, s                ; nobody speaks at this rate: back to the one before all
        jsr rate
        bra ready
quit:   jmp leave

frame:  jsr calm
        ldy LENGTH
        beq control
        ldx HEADER
        stx TARGET
        lda HEADER + 2
        sta TARGET + 2
        lda MARK
        bpl block
        jmp last
block:  jsr take
        bcs noise
        jsr ack
        bra header

control:
        jsr ack
        lda HEADER + 1
        bmi quit
        lda HEADER
        jsr rate
        lda.b #SHORT
        sta LEFT
        sta TRIAL
        bra header

calm:   stz TRIAL               ; a good frame has come: patience again
        lda.b #LONG
        sta LEFT
        rts
        nop                     ; records have an even number of bytes

        .org 0x100
variables:
        .fill 14, 0xea

; The last block, over all in front of here.  There is no second try: what called this is gone.
last:   jsr take
        bcs leave
        jsr ack

; Back to the monitor, everything as it was.
leave:  pld
        pla
        jsr rate
        pla
        sta ACSR3
        lda ARTD3               ; what came last is nobody's
        pla
        sta UIER
        rep.b #0x30
        ply
        plx
        pla
        plp
        rtl

; Take Y bytes (not 0) to TARGET + 1 on, the last one first, and a CRC over what memory then holds.  Carry set if
; that is wrong, or if a byte does not come.
take:   ldx.w #0xffff
        stx LOW
        stx HIGH
next:   jsr get
        bcs out
        sta [TARGET], y
        lda [TARGET], y
        jsr divide
        dey
        bne next
        ldy.w #4
check:  jsr get
        bcs out
        jsr divide
        dey
        bne check
        lda LOW                 ; a CRC behind its data leaves no remainder
        ora LOW + 1
        ora HIGH
        ora HIGH + 1
        cmp.b #1
out:    rts

; The byte in A enters the remainder.
divide: eor HIGH + 1
        sta HIGH + 1
        rep.b #0x20
        lda LOW
        ldx.w #8
bit:    asl
        rol HIGH
        bcc zero
        eor.w #0x00af
zero:   dex
        bne bit
        sta LOW
        sep.b #0x20
        rts

; One byte to A; carry set if none comes for a twentieth of a second.
get:    ldx.w #WAIT
look:   bit UIFR
        bvs come
        dex
        bne look
        sec
        rts
come:   lda ARTD3
        clc
        rts

ack:    lda.b #'K'              ; the frame with this mark was taken
        xba
        lda MARK
say:    cli                     ; a tick of the clock that is due
        nop
        sei
        jsr put
        xba
put:    sta ARTD3
        ldx.w #9                ; the flag may lag by a bit
lag:    dex
        bne lag
sent:   bit UIFR
        bpl sent
        rts

rate:   sta T4CL
        stz T4CH
        rts
        nop
