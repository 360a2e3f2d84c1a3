# SPDX-License-Identifier: MIT
"""The Mensch monitor in the chip's ROM: its commands, cells, vectors and library entries.

Sources: the monitor sources and ROM image that WDC published
(WesternDesignCenter/W65C265S-Internal-ROM-Monitor), and the W65C265S Monitor ROM Reference Manual
2.00.  What is said of answers was seen by executing that image.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

BAUD = 9600
"""Bits per second of UART 3 after boot; 8 data bits, no parity, 1 stop bit."""

BOOT_PC = 0x00E358
"""The PC that the register dump shows after a boot: the BRK that enters the monitor lies in the ROM."""

PROMPT = b"\r>"
READY = b"\rREADY\r>"
XON = 0x11
XOFF = 0x13
ACK = 0x06
NAK = 0x15
END_RECORD = b"S804000000FB"
"""The S8 record that brings the prompt back from the loader; harmless at the prompt."""

MAX_RECORD_DATA = 251
"""The most data bytes that the count of an S2 record can express."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its key, what it asks for, what it does, what it answers before READY and the prompt."""

    key: str
    asks: str
    meaning: str
    answer: str = ""


COMMANDS: tuple[Command, ...] = (
    Command(
        "A",
        "15 bytes, two digits each",
        "alter the saved registers",
        "the register lines; SPACE keeps a byte, CR or ESC or a bad digit ends",
    ),
    Command(
        "M",
        "address, then bytes",
        "alter memory",
        "a line of 16 bytes, then each address; SPACE keeps, BS goes back, CR ends; ?? behind a byte that did "
        "not stay",
    ),
    Command("<", "", "step the memory pointer back and show the byte", "BB:AAAA hh"),
    Command(">", "", "step the memory pointer on and show the byte", "BB:AAAA hh"),
    Command(" ", "", "show the byte at the memory pointer", "BB:AAAA hh"),
    Command("R", "", "show the saved registers", "the register dump"),
    Command(
        "G",
        "address, or CR for the stored PC",
        "jump (JML) with the saved registers",
        "nothing; a BRK of the program gives the register dump and the prompt",
    ),
    Command(
        "J",
        "address",
        "call (JSL) with the saved registers, S = 01FF",
        "nothing; an RTL or BRK of the program gives the register dump and the prompt",
    ),
    Command(
        "D",
        "lowest address, highest address",
        "dump memory",
        "16 bytes a line, 60 lines a page; then it waits for a key",
    ),
    Command("F", "lowest address, highest address, byte", "fill memory"),
    Command("?", "", "help", "16 lines"),
    Command("H", "", "help", "16 lines"),
    Command(
        "T", "HH:MM:SS and CR, or CR alone", "show and set the time", "the time; a bad one is not reported"
    ),
    Command(
        "N", "MM-DD-YY and CR, or CR alone", "show and set the date", "the date; a bad one is not reported"
    ),
    Command(
        "S",
        "S2 records, an S8 record at the end",
        "load S28 records; the S is already the first letter of a record",
        ". and a running count for each record, ? for one that is refused",
    ),
    Command(
        "W",
        "lowest address, highest address",
        "write memory as S28 records",
        "the records and an S8 record; then it waits for a key",
    ),
    Command("X", "", "low power until an alarm; the chip's own ROM crashes there"),
    Command(
        "/",
        "CR: show the pointer; SPACE: read there; YY SPACE: write there; XXXX SPACE or BB:XXXX SPACE: read; XXXXYY "
        "or BB:XXXXYY: write",
        "for host programs: one byte of memory, then the pointer goes on",
        "the byte as it reads now, or BB:AAAA; NAK at the first bad character; no echo behind the letter",
    ),
    Command(
        "|",
        "SPACE: show; AXXXX XXXXX YXXXX SXXXX DXXXX FXX BXX PBB:XXXX: set",
        "for host programs: the saved registers",
        "PPPPPP AAAA XXXX YYYY SSSS DDDD FF BB, or ACK; NAK at the first bad character; no echo behind the letter",
    ),
    Command("U", "", "jump through the user vector 012C (default: restart)"),
    Command("B", "address", "put a BRK there; what was there is not kept"),
    Command("*", "", "look for WDC at DEF8, show the banner again"),
)
"""All command keys of the chip's ROM, and of ours; case is ignored at the prompt."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A RAM vector: JML (5C) and a 24-bit address.  `label` is its name in monitor.inc and in the monitor."""

    name: str
    address: int
    label: str
    meaning: str


VECTOR_ROWS: tuple[Vector, ...] = (
    Vector("BRK", 0x0100, "UBRK", "BRK; leads into the monitor"),
    Vector("NMI", 0x0104, "UNMI", "NMI; leads into the monitor; BCR bit 6 enables the pin"),
    Vector("IRQ", 0x0108, "UNIRQ", "the level-sensitive IRQ pin; restart"),
    Vector("COP", 0x010C, "COPIRQ", "COP; restart"),
    Vector("ABORT", 0x0110, "IABORT", "ABORT; restart"),
    Vector("PIB", 0x0114, "PIBIRQ", "the parallel bus; restart"),
    Vector("EDGES", 0x0118, "EDGEIRQS", "all edge interrupts of port 5 and 6; restart"),
    Vector("T7", 0x011C, "UNIRQT7", "timer 7; restart"),
    Vector("T2", 0x0120, "UNIRQT2", "timer 2; restart"),
    Vector("T1", 0x0124, "UNIRQT1", "timer 1: the clock of the monitor"),
    Vector("T0", 0x0128, "UNIRQT0", "timer 0; restart"),
    Vector("USER", 0x012C, "USER_CMD", "the command U; restart; a routine here ends by RTL"),
    Vector("RESTART", 0x0130, "URESTART", "where low power ends; restart"),
    Vector("ALARM", 0x0134, "UALRMIRQ", "a program for the next boot; never taken with ROM_QUIRKS = 1"),
)
"""The RAM vectors with what they do after a boot; interrupts that are not here go into the ROM at once."""

VECTORS = MappingProxyType({row.name: row.address for row in VECTOR_ROWS})
"""name -> address of the RAM vectors."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the monitor in RAM: its name in the monitor, address, size in bytes, meaning."""

    name: str
    address: int
    size: int
    meaning: str


CELL_ROWS: tuple[Cell, ...] = (
    Cell("SIN_BUF0", 0x0004, 2, "UART 0 receive ring: start"),
    Cell("SINCNT0", 0x0006, 2, "its size; UART 1 and 2 follow, 8 bytes each"),
    Cell("SININDX3", 0x0018, 2, "UART 3 receive ring: index written last"),
    Cell("SINEND3", 0x001A, 2, "index read last; equal means empty"),
    Cell("SIN_BUF3", 0x001C, 2, "start of the ring, 0157"),
    Cell("SINCNT3", 0x001E, 2, "its size, 10: nine characters fit"),
    Cell("SOUTBUF0", 0x0024, 2, "UART 0 send ring: start"),
    Cell("SOUTINDX3", 0x0038, 2, "UART 3 send ring: index read last"),
    Cell("SOUTEND3", 0x003A, 2, "index written last"),
    Cell("SOUTBUF3", 0x003C, 2, "start of the ring, 017F"),
    Cell("SOUTCNT3", 0x003E, 2, "its size, 10"),
    Cell(
        "SFLAG3",
        0x0043,
        1,
        "bit 0 data waiting, 2 XON/XOFF obeyed, 3 XOFF sent, 4 XON sent last, 5 input echoes, 6 XOFF due, 7 XON due",
    ),
    Cell("SDATA_SI3", 0x0047, 1, "the last character read"),
    Cell("STATUS_S3", 0x004B, 1, "bit 6 the receive ring ran over, 7 the send ring was full"),
    Cell("STEMP_SX", 0x004C, 1, "twice the index of the baud rate selected last"),
    Cell("INPUT_XTRL", 0x004D, 1, "input sources, bits 0 2 3; never set on these boards"),
    Cell("OUTPUT_XTRL", 0x004E, 1, "output ports, 08 = serial"),
    Cell("DISPTYP", 0x0053, 1, "display type; bit 1 is cleared at a boot"),
    Cell("TMPRY_PTR", 0x0054, 3, "string pointer of GET_STR"),
    Cell("TMPC", 0x0057, 2, "counter; echo flag of / and |"),
    Cell("WRAP", 0x0059, 1, "01 once the memory pointer has passed FF:FFFF"),
    Cell("DIFF", 0x005A, 3, "end minus pointer"),
    Cell("TMP0", 0x005D, 3, "the memory pointer: low, high, bank"),
    Cell("TMP1", 0x0060, 3, "the pointer of M"),
    Cell("TMP2", 0x0063, 3, "the address typed last: low, high, bank"),
    Cell("TMP4", 0x0066, 3, "sum of a line or record; string pointer of PUT_STR"),
    Cell("TMP6", 0x0069, 3, "scratch of / and |; low digit of ASCBIN"),
    Cell("TMP8", 0x006C, 3, "scratch of the clock texts"),
    Cell("ERRORS", 0x006F, 1, "records that the loader refused"),
    Cell("TEMP", 0x0070, 2, "high digit for ASCBIN; behind it the high digit from BINASC"),
    Cell("GET_CHR_JMP", 0x0073, 2, "where GET_CHR goes: put your own routine's address in to redirect input"),
    Cell("PUT_CHR_JMP", 0x0075, 2, "where PUT_CHR goes, and with it all output"),
    Cell("GET_PUT_JMP", 0x0077, 2, "where GET_PUT_CHR goes"),
    Cell("CLR_LCD_JMP", 0x0079, 2, "display routine: clear; four pointers that lead nowhere on these boards"),
    Cell("DISP_LCD_JMP", 0x007B, 2, "display routine: show"),
    Cell("TXT_CUR_JMP", 0x007D, 2, "display routine: cursor"),
    Cell("SND_BEEP_JMP", 0x007F, 2, "display routine: beep"),
    Cell("LO_PWR_JMP", 0x0081, 2, "where X and the half-hour timer go"),
    Cell("T_TIME", 0x0083, 2, "zeroed when the alarm fires"),
    Cell("DUMP_FLGS", 0x0086, 1, "flags of the dump"),
    Cell("OUTBUF", 0x0087, 40, "text of time and date"),
    Cell("LINE_CNT", 0x00AF, 2, "lines of the dump's page"),
    Cell("LINE_MAX", 0x00B1, 2, "lines per page"),
    Cell("COUNT", 0x00B3, 2, "records acknowledged, packed decimal, low byte first"),
    Cell("FORMAT_FLAGS", 0x0138, 1, "bit 0 the time changed, 1 the hour did"),
    Cell("STR_BUF_PTR", 0x0189, 2, "index of the line input"),
    Cell("STR_BUF", 0x018E, 40, "line input of addresses, time and date"),
    Cell("ACC", 0xDF80, 2, "saved A"),
    Cell("XREG", 0xDF82, 2, "saved X"),
    Cell("YREG", 0xDF84, 2, "saved Y"),
    Cell("STK_PTR", 0xDF86, 2, "saved S"),
    Cell("DIRREG", 0xDF88, 2, "saved D"),
    Cell("DBREG", 0xDF8A, 1, "saved DBR"),
    Cell("FLGS", 0xDF8B, 1, "saved P"),
    Cell("PCL", 0xDF8C, 1, "saved PC, low byte"),
    Cell("PCH", 0xDF8D, 1, "saved PC, high byte"),
    Cell("TPBR", 0xDF8E, 1, "saved program bank"),
    Cell("SB_SENTL", 0xDF8F, 1, "bit 0 a BRK is being served, 1 an NMI; G, J and B clear it"),
    Cell("DAYWK", 0xDF90, 1, "clock: day of the week"),
    Cell("MONTH", 0xDF91, 1, "1-12"),
    Cell("DAY", 0xDF92, 1, "1-31"),
    Cell("YR", 0xDF93, 1, "0-99; 100 after 99"),
    Cell("HR", 0xDF94, 1, "0-23"),
    Cell("MIN", 0xDF95, 1, "0-59"),
    Cell("SECS", 0xDF96, 1, "0-59; called SEC in the monitor's sources"),
    Cell("ADAYWK", 0xDF97, 4, "alarm: weekday and date, never compared"),
    Cell("AHR", 0xDF9B, 1, "alarm: hour"),
    Cell("AMIN", 0xDF9C, 1, "alarm: minute"),
    Cell("ASEC", 0xDF9D, 1, "alarm: second"),
    Cell("DAYLIT", 0xDFA2, 1, "bit 0 daylight saving on, 7 already set back"),
    Cell("TODCKS", 0xDFA3, 1, "checksum of the clock and the T4 latch, renewed each second"),
    Cell("PWD_CELLS", 0xDFB3, 2, "55 AA: low power calls the routine at 01C0"),
    Cell("SPEED", 0xDFB5, 1, "crystal: 0-4 = 1.8432, 2.4576, 3.6864, 4.9152, 6.144 MHz, FF unknown"),
    Cell("FLAGS", 0xDFB6, 1, "bit 0 alarm set, 1 alarm fired, 3 the seconds of the boot are to be added"),
    Cell("PD_TIMER", 0xDFB8, 2, "seconds until low power, 0 = never; 1800 again at each character"),
)
"""The cells that programs use or tests look at."""

CELLS = MappingProxyType({row.name: row.address for row in CELL_ROWS})
"""name -> address of the monitor's cells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A library entry: call `address` by JSL; `target` is where the ROM's table leads.

    `takes`, `gives` and `changes` are registers and memory in words (A is kept unless it is named);
    `carry` says what C tells.  All this was seen when calls of the published ROM image were executed;
    what was not is `assumed`.
    """

    address: int
    name: str
    target: int
    what: str
    takes: str = ""
    gives: str = ""
    changes: str = ""
    carry: str = ""
    assumed: str = ""


_ADDRESS_KEY = "1 = cancelled by ESC or CR, which is in A"
_CANCELLED = "1 = cancelled"
_JUMPS: tuple[tuple[str, int, *tuple[str, ...]], ...] = (
    ("Alter_Memory", 0xEB96, "asks for an address, then as the command M", "", "", "A X", _CANCELLED),
    ("BACKSPACE", 0xF1EA, "sends BS", "", "A = 08", "", "0"),
    ("endless_loop", 0xE006, "never comes back", "", "", "", ""),
    (
        "CONTROL_TONES",
        0xF423,
        "tone generators: f = FCLK / 16 / (N + 1) on TG0 (T5) and TG1 (T6)",
        "A = 0 both off, 1 TG0 on, 2 TG1 on, 3 both on; X = N for T5, Y = N for T6, 0 keeps it",
        "",
        "",
        "0",
        "another A gives C = 1 and changes nothing; the chip's own ROM crashes there",
    ),
    (
        "DO_LOW_PWR_PGM",
        0xE661,
        (
            "low power: ports 0-3 and 7 outputs at 1, no chip selects, PHI2 = CLK; leaves through 0130 when the alarm "
            "has fired, or when the routine at 01C0 returns V = 0 while DFB3 holds 55 AA; not before ten seconds"
        ),
        "",
        "",
        "does not return",
        "",
    ),
    ("DUMPREGS", 0xE784, "prints the saved registers", "", "", "", "0"),
    ("DumpS28", 0xEC9A, "asks for a range, then as the command W", "", "", "A X", _CANCELLED),
    ("Dump_1_line_to_Output", 0xEC73, "asks for an address, dumps 16 bytes", "", "A = 24", "X", _CANCELLED),
    ("Dump_1_line_to_Screen", 0xEC93, "asks for an address, dumps 8 bytes", "", "A = 08", "X", _CANCELLED),
    ("Dump_to_Output", 0xEC6B, "asks for a range, then as the command D", "", "A = the key", "X", _CANCELLED),
    (
        "Dump_to_Printer",
        0xEC5C,
        "as Dump_to_Output: these boards have no printer",
        "",
        "A = 08",
        "X",
        _CANCELLED,
    ),
    (
        "Dump_to_Screen",
        0xEC85,
        "as Dump_to_Output, 8 bytes a line, 12 lines a page",
        "",
        "A = 08",
        "X",
        _CANCELLED,
    ),
    (
        "Dump_to_Screen_ASCII",
        0xEC8C,
        "as Dump_to_Screen, 16 characters a line, ` for what is not printable",
        "",
        "A = 08",
        "X",
        _CANCELLED,
    ),
    (
        "Dump_It",
        0xED53,
        "dumps without asking",
        (
            "A = 01 S2 and count + 02 eight bytes a line + 04 spaces and header + 08 checksum + 10 key at a page + 40 "
            "characters; X = lines per page; 005D-005F from, 0063-0065 to, 0059 = 0"
        ),
        "X = lines on the last page",
        "A",
        "0",
    ),
    ("FILL_Memory", 0xEB1E, "as the command F", "", "", "", _CANCELLED),
    (
        "GET_3BYTE_ADDR",
        0xF2A0,
        "takes six digits with echo, a colon behind the second",
        "",
        "0063-0065 = low, high, bank; A = low",
        "",
        _ADDRESS_KEY,
    ),
    (
        "GET_ALARM_STATUS",
        0xF5EE,
        "has the alarm fired?  Says so once",
        "",
        "A = 02 fired, 01 set, 00 not set",
        "",
        "1 = fired",
    ),
    (
        "GET_BYTE_FROM_PC",
        0xFBF9,
        "takes a character if there is one",
        "D = 0",
        "A = character, or 00",
        "",
        "1 = none",
    ),
    ("GET_CHR", 0xF1B2, "waits for a character", "D = 0, A 8 bits", "A = character", "", "0"),
    (
        "GET_HEX",
        0xF07D,
        "waits for two hex digits, no echo",
        "",
        "A = byte; 00 if one was bad; 20 if the first was SPACE, which returns at once",
        "",
        "1 = bad or SPACE",
    ),
    (
        "GET_PUT_CHR",
        0xF1C6,
        "waits for a character and echoes it",
        "D = 0, A 8 bits",
        "A = character",
        "",
        "0",
    ),
    (
        "GET_STR",
        0xF3D7,
        "takes a line with echo, BS deletes; no limit",
        "A = bank, X = address of a buffer",
        "the text with CR and 00 behind it; no 00 after ESC",
        "",
        "1 = ended by ESC",
    ),
    ("Get_Address", 0xF204, "asks, then as GET_3BYTE_ADDR", "", "0063-0065; A = low", "X", _ADDRESS_KEY),
    (
        "Get_E_Address",
        0xF28C,
        "the same, for the highest address",
        "",
        "0063-0065; A = low",
        "X",
        _ADDRESS_KEY,
    ),
    (
        "Get_S_Address",
        0xF26F,
        "the same, for the lowest address",
        "",
        "0063-0065; A = low",
        "X",
        _ADDRESS_KEY,
    ),
    (
        "PUT_CHR",
        0xF1BC,
        "sends a character, waits for room; any D, DBR and widths",
        "A = character",
        "",
        "",
        "0",
    ),
    (
        "PUT_STR",
        0xF3A1,
        "sends a text: up to 00, or up to a byte with bit 7, which is sent without it; at most 640 bytes",
        "A = bank, X = address; X and Y 16 bits, any D and DBR",
        "",
        "",
        "0",
    ),
    (
        "READ_ALARM",
        0xF61E,
        "the alarm as HH:MM:SS and 00; xx for a field of FF",
        "X = buffer of 9 bytes in bank 0; A 8 bits",
        "",
        "high half of A = 00",
        "0",
    ),
    (
        "READ_DATE",
        0xF7E7,
        "the date as MM-DD-YY and 00",
        "X = buffer of 9 bytes in bank 0; A 8 bits",
        "",
        "high half of A = 00",
        "0",
    ),
    (
        "READ_TIME",
        0xF81E,
        "the time as HH:MM:SS and 00",
        "X = buffer of 9 bytes in bank 0; A 8 bits",
        "",
        "high half of A = 00",
        "0",
    ),
    ("RESET_ALARM", 0xF5C7, "no alarm: DF97-DF9D = FF", "", "", "", "0"),
    (
        "SBREAK",
        0xE6D6,
        "the BRK handler; takes what is on the stack for an interrupt frame",
        "",
        "",
        "does not return",
        "",
    ),
    (
        "SELECT_COMMON_BAUD_RATE",
        0xFE21,
        "sets T4, which clocks UART 0, 1 and 3",
        "A = 0-11: 110 150 300 600 1200 1800 2400 4800 9600 14400 19200 38400 baud",
        "",
        "",
        "1 = another A",
    ),
    (
        "SEND_BYTE_TO_PC",
        0xFDBC,
        "sends a character if there is room",
        "A = character",
        "",
        "",
        "1 = no room, not sent",
    ),
    ("SEND_CR", 0xF1D6, "sends CR", "", "A = 0D", "", "0"),
    ("SEND_SPACE", 0xF1DF, "sends SPACE", "", "A = 20", "", "0"),
    ("SEND_HEX_OUT", 0xF370, "sends two hex digits", "A = byte; D = 0", "A = the second digit sent", "", "0"),
    (
        "SET_ALARM",
        0xF575,
        "sets the alarm; it fires when counting reaches its time",
        "X = HH:MM:SS in bank 0",
        "",
        "",
        "1 = bad text",
    ),
    ("SET_Breakpoint", 0xEB09, "asks for an address and puts a BRK there", "", "", "", _CANCELLED),
    ("SET_DATE", 0xF495, "sets the date", "X = MM-DD-YY or MM/DD/YY in bank 0", "", "", "1 = bad text"),
    ("SET_TIME", 0xF528, "sets the time", "X = HH:MM:SS in bank 0", "", "", "1 = bad text"),
    (
        "VERSION",
        0xE655,
        "where the version and the date of the monitor stand",
        "",
        "A = bank, X = version, ends at CR, Y = date, ends at 00",
        "",
        "0",
    ),
    (
        "WR_3_ADDRESS",
        0xF351,
        "sends the memory pointer as BB:AAAA",
        "005D-005F",
        "A = the last digit sent",
        "",
        "0",
    ),
    (
        "XS28IN",
        0xE9C3,
        "waits for S, then loads as the command S; needs bit 0, 2 or 3 of 004D",
        "004D not 0",
        "006F not 0: records were refused",
        "A X",
        "1 = refused records, ESC, or 004D is 0",
    ),
    ("RESET", 0xE0B0, "restarts the monitor", "", "", "does not return", ""),
)

_CONVERSIONS: tuple[tuple[str, int, *tuple[str, ...]], ...] = (
    (
        "ASCBIN",
        0xF0BF,
        "two hex digits to a byte",
        "0070 = first digit, A = second digit",
        "A = byte; 0069 = second digit's value",
        "",
        "1 = bad digit",
    ),
    ("BIN2DEC", 0xF129, "a byte up to 99 to packed decimal", "A", "A", "006C", "kept"),
    (
        "BINASC",
        0xF0D7,
        "a byte to two hex digits",
        "A",
        "0071 = first digit, A = second digit",
        "",
        "1 = A is 0-9",
    ),
    ("HEXIN", 0xF0F0, "a hex digit to its value", "A", "A", "", "1 = not a hex digit"),
    ("IFASC", 0xF116, "is A printable, 20-7E?", "A", "", "", "1 = no"),
    ("ISDECIMAL", 0xF10D, "is A a decimal digit?", "A", "", "", "1 = no"),
    ("ISHEX", 0xF103, "is A a hex digit?", "A", "A in upper case", "", "1 = no"),
    ("UPPER_CASE", 0xF11D, "a-z to A-Z", "A", "A", "", "1 = was a letter a-z, or is behind them"),
)


def _entries(rows: tuple[tuple[str, int, *tuple[str, ...]], ...], first: int, step: int) -> tuple[Entry, ...]:
    return tuple(Entry(first + step * n, *row) for n, row in enumerate(rows))


LIBRARY: tuple[Entry, ...] = (*_entries(_JUMPS, 0xE000, 3), *_entries(_CONVERSIONS, 0xE087, 4))
"""The entries at the start of the ROM, in its order; native mode, A 8 bits, X and Y 16 bits, D = 0."""


@dataclass(frozen=True, slots=True)
class Range:
    """What the monitor does with a range of memory, from `first` to `last`."""

    first: int
    last: int
    what: str


MEMORY_MAP: tuple[Range, ...] = (
    Range(0x0000, 0x00B5, "variables of the monitor"),
    Range(0x00B6, 0x00FF, "free: 74 bytes, the largest block on a board without external RAM"),
    Range(0x0100, 0x0137, "RAM vectors"),
    Range(0x0138, 0x0138, "flags"),
    Range(0x0139, 0x0156, "receive rings of UART 0-2, unused while they idle"),
    Range(0x0157, 0x0160, "receive ring of UART 3"),
    Range(0x0161, 0x017E, "send rings of UART 0-2, unused while they idle"),
    Range(0x017F, 0x0188, "send ring of UART 3"),
    Range(0x0189, 0x01B5, "line input"),
    Range(0x01B6, 0x01BF, "declared, not written"),
    Range(0x01C0, 0x01FF, "stack"),
    Range(
        0x0200,
        0x7FFF,
        "free, on a board with external RAM; WDC at 0800 starts the program at 0804 at a reset",
    ),
    Range(
        0x8000,
        0xDEFF,
        "flash socket; WDC at 8000 starts 8004 at a reset, WDC at DEF8 starts DEFC at each boot",
    ),
    Range(0xDF00, 0xDF7F, "registers of the chip, see registers.md"),
    Range(0xDF80, 0xDF8F, "saved registers"),
    Range(0xDF90, 0xDFB9, "clock and flags"),
    Range(0xDFBA, 0xDFBF, "free"),
    Range(0xE000, 0xFFFF, "the monitor"),
)
"""Bank 0 as the monitor uses it (monitor sources; writes of the executed ROM)."""
