; SPDX-License-Identifier: MIT
; The RAM vectors as they are copied at boot, and the hardware vectors.

; BRK, NMI, IRQ, COP, ABORT, PIB, edges, T7, T2, T1, T0, U command, low-power restart.
        org 0xef40
vector_image:
        jml brk_entry
        jml nmi_entry
        jml reset
        jml reset
        jml reset
        jml reset
        jml reset
        jml reset
        jml reset
        jml second_entry
        jml reset
        jml reset
        jml reset
        db 0xc2                 ; what lands on 0134, see boot.asm

; X and the 30-minute timer jump to FFA2, into the vector table, because the cell 0081 holds the content
; of a word instead of its address; the recorded ROM crashes there.  Here the vectors of UART 0 transmit
; and UART 1 receive, which this monitor has no use for, are chosen so that their bytes, read as an
; instruction, lead to low power: 82 F3 FD = brl low_power_hop.
        org 0xf382
unused_uart_0:
        jml reset
        org 0xf7fd
unused_uart_1:
        jml reset
        org 0xfd98
low_power_hop:
        jmp low_power_start

        org 0xff80
; native mode: T0-T7
        dw 0x0128, 0x0124, 0x0120, reset, reset, reset, reset, 0x011c
; edges P56 P57 P60 P62 P64 P66, parallel bus, IRQ level
        dw 0x0118, 0x0118, 0x0118, 0x0118, 0x0118, 0x0118, 0x0114, 0x0108
; UART 0-3, receive and transmit
        dw reset, unused_uart_0, unused_uart_1, reset, reset, reset, receive_entry, transmit_entry
; two reserved, COP, BRK, ABORT, NMI, two reserved
        dw reset, reset, 0x010c, 0x0100, 0x0110, 0x0104, reset, reset
; emulation mode: every source restarts the monitor
        dw reset, reset, reset, reset, reset, reset, reset, reset
        dw reset, reset, reset, reset, reset, reset, reset, reset
        dw reset, reset, reset, reset, reset, reset, reset, reset
        dw reset, reset, reset, reset, reset, reset, reset, reset
