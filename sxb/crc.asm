; SPDX-License-Identifier: MIT
; A 32-bit CRC over the board's own memory, called by J of the monitor.
;
;   in:   X = number of bytes (even, not 0); D = DBR = 0, native mode, index registers 16 bits
;   out:  Y:X = CRC, Y the high word; A is lost
;
; The words are taken from the last one down, so that X counts and points at once.  The host puts the
; address of the first byte, less 2, into the operand at `first`; nothing else depends on an address.
;
; The generator is x^32 + x^16 + x^7 + x^2 + 1, which is primitive, and sparse: with t = high word + data
; word, the next remainder is  low word * x^16 + t * (x^16 + x^7 + x^2 + 1),  and no term of that runs over
; 32 bits.  About 60 cycles a byte.

        .65816
        .org 0

T    equ 1                      ; the frame on the stack: data word + high word of the remainder,
LOW  equ 3                      ; and the remainder
HIGH equ 5

; The sixth digit of J starts the program at once; was it changed on the line, it lands here all the same.
        .repeat 16
        nop
        .endr
        rep.b #0x38             ; 16 bits, no decimal mode
        lda.w #0xffff
        pha
        pha
        pha
word:
first:  lda 0x1000, x           ; operand: first byte - 2
        eor HIGH, s
        sta T, s
        eor LOW, s              ; high word: low word + t, for x^16
        sta HIGH, s
        lda T, s                ; t * x^7: one byte up, one bit down
        lsr
        xba
        tay
        and.w #0x00ff
        eor HIGH, s
        sta HIGH, s
        tya
        and.w #0xff00
        bcc even
        ora.w #0x0080
even:   eor T, s                ; and t itself
        sta LOW, s
        lda T, s                ; t * x^2
        asl
        asl
        eor LOW, s
        sta LOW, s
        lda T, s
        asl
        rol
        rol
        and.w #0x0003
        eor HIGH, s
        sta HIGH, s
        dex
        dex
        bne word
        pla
        plx
        ply
        rtl
