; SPDX-License-Identifier: MIT
; What the monitor says.  Layout and wording of prompts are part of the protocol; the help is ours, of
; the same size (16 lines, 413 bytes).

        org 0xf885
text_ready:
        db CR, "READY", CR, ">", 0

text_registers_2:
        db CR
text_registers:
        db CR, "PCntr     Acc    Xreg   Yreg   Stack", CR, 0
text_direct:
        db CR, "  DirRg  F  DBk", CR, 0

text_columns:
        db "Address ", 0
text_bad_memory:
        db BS, BS, "??", 0
text_bad_digit:
        db BS, "?", BS, 0
text_new_time:
        db CR, "ENTER NEW TIME  ", CR, 0
text_new_date:
        db CR, "ENTER NEW DATE  ", CR, 0

text_help:
        db CR, "G  go to an address, CR: stored PC"
        db CR, "J  call an address, RTL returns"
        db CR, "R  show the registers"
        db CR, "A  alter the registers"
        db CR, "|  registers, for a host program"
        db CR, "/  memory, for a host program"
        db CR, "M  alter memory"
        db CR, "D  dump memory"
        db CR, "F  fill memory with a byte"
        db CR, "<  >  SPACE  step and show memory"
        db CR, "S  load S2-S8 records"
        db CR, "W  write S28 records"
        db CR, "B  put a break (BRK)"
        db CR, "T  time   N  date"
        db CR, "U  user vector   X  low power"
        db CR, "*  banner again   ?  H  this help", 0
