; SPDX-License-Identifier: MIT
; The prompt, the command table and the way back to the prompt.

COMMANDS equ 22                 ; letters in the table below

; The monitor is entered by a BRK of its own, so that the first prompt is reached through the vector
; at 0100 with a register dump, like every later one.
        org 0xe356              ; the first register dump shows PC 00:E358
enter_monitor:
        brk #0

; Here, at 00:E358, with the stack wherever the interrupted program left it: a program that was called
; by J, stopped at a BRK and goes on by G still finds its return address (recorded).
prompt:
        rep #0x10
        sep #0x20
        jsl send_cr             ; not by PUT_STR: its pointer still shows the dump's last text (recorded)
        lda.b #'>'
        jsl put_chr_entry
read_command:
        jsl get_chr_entry
        cmp.b #LF
        beq read_command        ; so that CR LF is one command
        jsl put_chr_entry
        jsr upper_case
        ldx #COMMANDS-1
find_command:
        cmp command_letters,x
        beq run_command
        dex
        bpl find_command
        lda.b #'?'
        jsl put_chr_entry
        bra ready
run_command:
        jsl send_space
        jsl send_space
        rep #0x20
        txa
        asl
        tax
        sep #0x20
        jsr (command_routines,x)
ready:
        ldx #text_ready
        jsr say
        bra read_command

command_letters:
        db "AM<> RGJDF?HTNSWX/|UB*"
command_routines:
        dw command_alter_registers, command_alter, command_back, command_forward
        dw command_show, command_registers, command_go, command_call, command_dump
        dw command_fill, command_help, command_help, command_time, command_date, command_load
        dw command_write, command_low_power, command_host_memory, command_host_registers
        dw command_user, command_breakpoint, command_again

; ? and H
command_help:
        ldx #text_help

; Print the text at X of bank 0.  A becomes 00.
say:
        lda.b #0
        jsl put_str
        rts

; *: look for an extension at DEF8, then the identification again.  quirk: spaces-lost.  The
; two spaces behind the echo go with the ring.
command_again:
        jsr find_extension
.if !ROM_QUIRKS
        jsr drain_output
.endif
        jsr console_setup
        jsr show_banner
        pla                     ; not READY but the prompt alone
        pla
        jmp prompt
