; SPDX-License-Identifier: MIT
; The table of entries at E000, for programs.  JSL to it in native mode, A 8 bits, X and Y 16 bits.

        org 0xe000
        jmp alter_memory        ; E000 Alter_Memory
        jmp send_backspace      ; E003 BACKSPACE
endless:
        jmp endless             ; E006, recorded as an endless loop
        jmp control_tones       ; E009 CONTROL_TONES
        jmp low_power           ; E00C DO_LOW_PWR_PGM
        jmp dump_registers      ; E00F DUMPREGS
        jmp dump_s28            ; E012 DumpS28
        jmp dump_one_line       ; E015 Dump_1_line_to_Output
        jmp dump_one_line_to_screen ; E018 Dump_1_line_to_Screen
        jmp dump_to_output      ; E01B Dump_to_Output
        jmp dump_to_printer     ; E01E Dump_to_Printer
        jmp dump_to_screen      ; E021 Dump_to_Screen
        jmp dump_to_screen_ascii ; E024 Dump_to_Screen_ASCII
        jmp dump_it             ; E027 Dump_It
        jmp fill_memory         ; E02A FILL_Memory
        jmp get_3byte_address   ; E02D GET_3BYTE_ADDR
        jmp get_alarm_status    ; E030 GET_ALARM_STATUS
        jmp get_byte            ; E033 GET_BYTE_FROM_PC
        jmp get_chr_entry       ; E036 GET_CHR
        jmp get_hex             ; E039 GET_HEX
        jmp get_put_entry       ; E03C GET_PUT_CHR
        jmp get_str             ; E03F GET_STR
        jmp get_address         ; E042 Get_Address
        jmp get_end_address     ; E045 Get_E_Address
        jmp get_start_address   ; E048 Get_S_Address
        jmp put_chr_entry       ; E04B PUT_CHR
        jmp put_str             ; E04E PUT_STR
        jmp read_alarm          ; E051 READ_ALARM
        jmp read_date           ; E054 READ_DATE
        jmp read_time           ; E057 READ_TIME
        jmp reset_alarm         ; E05A RESET_ALARM
        jmp brk_entry           ; E05D SBREAK: takes what is on the stack for an interrupt frame
        jmp select_baud         ; E060 SELECT_COMMON_BAUD_RATE
        jmp send_byte           ; E063 SEND_BYTE_TO_PC
        jmp send_cr             ; E066 SEND_CR
        jmp send_space          ; E069 SEND_SPACE
        jmp send_hex            ; E06C SEND_HEX_OUT
        jmp set_alarm           ; E06F SET_ALARM
        jmp set_breakpoint      ; E072 SET_Breakpoint
        jmp set_date            ; E075 SET_DATE
        jmp set_time            ; E078 SET_TIME
        jmp version             ; E07B VERSION
        jmp send_pointer        ; E07E WR_3_ADDRESS
        jmp load_records        ; E081 XS28IN
        jmp reset               ; E084 RESET

; E087: conversions, four bytes each
        jsr ascbin              ; E087 ASCBIN
        rtl
        jsr bin2dec             ; E08B BIN2DEC
        rtl
        jsr binasc              ; E08F BINASC
        rtl
        jsr hexin               ; E093 HEXIN
        rtl
        jsr ifasc               ; E097 IFASC
        rtl
        jsr isdecimal           ; E09B ISDECIMAL
        rtl
        jsr ishex               ; E09F ISHEX
        rtl
        jsr upper_case          ; E0A3 UPPER_CASE
        rtl

; A zero at an even address below E103: a host that sent records to ROM by mistake and hangs in the
; loader gets out by sending 0 characters, as recorded, once a 00 meets a byte that holds it.
        db 0xff, 0x00

        org 0xe661
low_power:
        jmp low_power_start
