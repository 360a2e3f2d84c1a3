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
    """A command: its key, what it asks for, what it does."""

    key: str
    asks: str
    meaning: str


COMMANDS: tuple[Command, ...] = (
    Command("A", "15 bytes", "alter the saved registers"),
    Command("M", "address, bytes", "alter memory"),
    Command("<", "", "step the memory pointer back and show the byte"),
    Command(">", "", "step the memory pointer on and show the byte"),
    Command(" ", "", "show the byte at the memory pointer"),
    Command("R", "", "show the saved registers"),
    Command("G", "address", "jump (JML) with the saved registers"),
    Command("J", "address", "call (JSL) with the saved registers"),
    Command("D", "address, address", "dump memory"),
    Command("F", "address, address, byte", "fill memory"),
    Command("?", "", "help"),
    Command("H", "", "help"),
    Command("T", "time", "show and set the time"),
    Command("N", "date", "show and set the date"),
    Command("S", "records", "load S28 records"),
    Command("W", "address, address", "write memory as S28 records"),
    Command("X", "", "low power until an alarm; the chip's own ROM crashes there"),
    Command("/", "host arguments", "read or write one byte"),
    Command("|", "host arguments", "read or set the saved registers"),
    Command("U", "", "jump through the user vector 012C (default: restart)"),
    Command("B", "address", "put a BRK"),
    Command("*", "", "look for WDC at DEF8, show the banner again"),
)
"""All command keys of the chip's ROM, and of ours; case is ignored at the prompt."""

VECTORS = MappingProxyType(
    {
        "BRK": 0x0100,
        "NMI": 0x0104,
        "IRQ": 0x0108,
        "COP": 0x010C,
        "ABORT": 0x0110,
        "PIB": 0x0114,
        "EDGES": 0x0118,
        "T7": 0x011C,
        "T2": 0x0120,
        "T1": 0x0124,
        "T0": 0x0128,
        "USER": 0x012C,
        "RESTART": 0x0130,
        "ALARM": 0x0134,
    }
)
"""RAM vectors: a JML (5C and a 24-bit address) at each of these addresses."""

CELLS = MappingProxyType(
    {
        "SININDX3": 0x0018,  # UART 3 receive ring: index written last, read last, start, size
        "SINEND3": 0x001A,
        "SIN_BUF0": 0x0004,
        "SINCNT0": 0x0006,
        "SIN_BUF3": 0x001C,
        "SINCNT3": 0x001E,
        "SOUTBUF0": 0x0024,
        "SOUTINDX3": 0x0038,  # UART 3 send ring: index read last, written last, start, size
        "SOUTEND3": 0x003A,
        "SOUTBUF3": 0x003C,
        "SOUTCNT3": 0x003E,
        "SFLAG3": 0x0043,  # bit 0 data waiting, 2 XON/XOFF, 4 XON sent last, 5 echo, 7 XON due
        "SDATA_SI3": 0x0047,  # last character read
        "STATUS_S3": 0x004B,  # bit 6 receive ring ran over, bit 7 send ring was full
        "STEMP_SX": 0x004C,
        "INPUT_XTRL": 0x004D,
        "OUTPUT_XTRL": 0x004E,
        "DISPTYP": 0x0053,
        "TMPRY_PTR": 0x0054,
        "TMPC": 0x0057,
        "WRAP": 0x0059,
        "DIFF": 0x005A,
        "TMP0": 0x005D,  # the memory pointer, 3 bytes
        "TMP1": 0x0060,
        "TMP2": 0x0063,  # last address typed, 3 bytes
        "TMP4": 0x0066,  # checksum; string pointer
        "TMP6": 0x0069,
        "ERRORS": 0x006F,  # records refused by the loader
        "TEMP": 0x0070,
        "GET_CHR_JMP": 0x0073,
        "PUT_CHR_JMP": 0x0075,
        "GET_PUT_JMP": 0x0077,
        "LO_PWR_JMP": 0x0081,
        "T_TIME": 0x0083,
        "DUMP_FLGS": 0x0086,
        "OUTBUF": 0x0087,
        "LINE_CNT": 0x00AF,
        "LINE_MAX": 0x00B1,
        "COUNT": 0x00B3,  # records acknowledged, BCD
        "FORMAT_FLAGS": 0x0138,
        "STR_BUF_PTR": 0x0189,
        "STR_BUF": 0x018E,
        "ACC": 0xDF80,  # the saved registers
        "XREG": 0xDF82,
        "YREG": 0xDF84,
        "STK_PTR": 0xDF86,
        "DIRREG": 0xDF88,
        "DBREG": 0xDF8A,
        "FLGS": 0xDF8B,
        "PCL": 0xDF8C,
        "PCH": 0xDF8D,
        "TPBR": 0xDF8E,
        "SB_SENTL": 0xDF8F,  # bit 0 a BRK is being served, bit 1 an NMI
        "DAYWK": 0xDF90,  # the clock
        "MONTH": 0xDF91,
        "DAY": 0xDF92,
        "YR": 0xDF93,
        "HR": 0xDF94,
        "MIN": 0xDF95,
        "SECS": 0xDF96,
        "ADAYWK": 0xDF97,  # the alarm, in the order of the clock
        "AHR": 0xDF9B,
        "DAYLIT": 0xDFA2,
        "TODCKS": 0xDFA3,
        "PWD_CELLS": 0xDFB3,
        "SPEED": 0xDFB5,  # crystal: 2 = 3.6864 MHz, FF unknown
        "FLAGS": 0xDFB6,  # bit 0 alarm set, 1 fired, 3 seconds of the boot to be added
        "PD_TIMER": 0xDFB8,  # seconds to power-down, 0 = off
    }
)
"""name -> address of the monitor's cells (SECS is called SEC in the monitor's sources)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A library entry: call `address` by JSL; `target` is where the ROM's table leads."""

    address: int
    name: str
    target: int


_TABLE = """
Alter_Memory EB96, BACKSPACE F1EA, endless_loop E006, CONTROL_TONES F423, DO_LOW_PWR_PGM E661, DUMPREGS E784,
DumpS28 EC9A, Dump_1_line_to_Output EC73, Dump_1_line_to_Screen EC93, Dump_to_Output EC6B,
Dump_to_Printer EC5C, Dump_to_Screen EC85, Dump_to_Screen_ASCII EC8C, Dump_It ED53, FILL_Memory EB1E,
GET_3BYTE_ADDR F2A0, GET_ALARM_STATUS F5EE, GET_BYTE_FROM_PC FBF9, GET_CHR F1B2, GET_HEX F07D,
GET_PUT_CHR F1C6, GET_STR F3D7, Get_Address F204, Get_E_Address F28C, Get_S_Address F26F, PUT_CHR F1BC,
PUT_STR F3A1, READ_ALARM F61E, READ_DATE F7E7, READ_TIME F81E, RESET_ALARM F5C7, SBREAK E6D6,
SELECT_COMMON_BAUD_RATE FE21, SEND_BYTE_TO_PC FDBC, SEND_CR F1D6, SEND_SPACE F1DF, SEND_HEX_OUT F370,
SET_ALARM F575, SET_Breakpoint EB09, SET_DATE F495, SET_TIME F528, VERSION E655, WR_3_ADDRESS F351,
XS28IN E9C3, RESET E0B0
"""
_CONVERSIONS = """
ASCBIN F0BF, BIN2DEC F129, BINASC F0D7, HEXIN F0F0, IFASC F116, ISDECIMAL F10D, ISHEX F103, UPPER_CASE F11D
"""


def _entries(text: str, first: int, step: int) -> tuple[Entry, ...]:
    pairs = [pair.split() for pair in text.split(",")]
    return tuple(Entry(first + step * n, name, int(target, 16)) for n, (name, target) in enumerate(pairs))


LIBRARY: tuple[Entry, ...] = (*_entries(_TABLE, 0xE000, 3), *_entries(_CONVERSIONS, 0xE087, 4))
"""The entries at the start of the ROM, in its order; native mode, A 8 bits, X and Y 16 bits, D = 0."""
