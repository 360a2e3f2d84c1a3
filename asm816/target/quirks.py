# SPDX-License-Identifier: MIT
"""The faults of the monitor in the chip's ROM that a host or a program meets, a row each.

Our default ROM image ``quirks`` has them too, since they are part of the board; the image ``fixed`` has
not.  The ROM sources name a row where they differ (``quirk: name``), and a test of that name shows it in
one image and its absence in the other.

Source of all rows: WDC's published ROM image IROM2500.AD
(WesternDesignCenter/W65C265S-Internal-ROM-Monitor), executed; `seat` is the routine of that image.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quirk:
    """A fault: its `name`, what is `seen` with it, what the image without it does, and its `seat`."""

    name: str
    seen: str
    repaired: str
    seat: str


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "oldest-dropped",
        "of characters that arrive while the monitor is busy only the last nine are kept",
        "the first nine are kept, and XOFF is sent before",
        "FC75, receive interrupt",
    ),
    Quirk(
        "no-xoff",
        "the monitor never sends XOFF, however full its receive ring is",
        "XOFF once five characters wait, XON once fewer than three do",
        "FCD4, a compare with the content of a cell where a number was meant",
    ),
    Quirk(
        "lone-xon",
        "the first character after a reset is answered by an XON before its echo",
        "XON is sent after an XOFF only",
        "FC75, receive interrupt",
    ),
    Quirk(
        "first-record-ignored",
        "a record behind a typed S is acknowledged and not stored: its S is taken for the type",
        "the record is loaded",
        "E9C3, loader",
    ),
    Quirk(
        "other-types-not-stored",
        "records other than S2 and S8 are acknowledged like good ones and not stored",
        "S1 and S3 are stored, S7 and S9 end the load",
        "E9C3, loader",
    ),
    Quirk(
        "bytes-counted-twice",
        "a byte that cannot be written, or a bad digit in one, is counted twice: the loader hangs where the "
        "number of data bytes is odd; a bad digit in count or address passes as 00",
        "the record is answered by ? at its end, and the next one is loaded",
        "E9C3, loader",
    ),
    Quirk(
        "last-echo-lost",
        "the echo of the last digit of G or J is lost if the program masks interrupts at once",
        "the jump waits until the echo has left",
        "F3A1 ff., output ring",
    ),
    Quirk(
        "address-digit-dropped",
        "a character that is no digit in an address takes the digit before it along, a typed colon too",
        "only the wrong character is taken back",
        "F2A0, GET_3BYTE_ADDR",
    ),
    Quirk(
        "bank-and-direct-page",
        "after a BRK with DBR not 0 nothing comes back; with D not 0 the dump is wrong",
        "BRK, NMI and RTL come back from any D and DBR, and the dump shows them",
        "E6D6 and E6E4, BRK and NMI",
    ),
    Quirk(
        "alarm-vector-dead",
        "the RAM vector 0134 loses its first byte at every boot and is never taken",
        "a boot with 5C at 0134 and bit 1 of DISPTYP set starts the program there, interrupts off",
        "boot, the loop that copies the RAM vectors",
    ),
    Quirk(
        "leap-years",
        "every year has a 29 February while the cell 0003 holds 00",
        "every fourth year has one",
        "F69F, T1 interrupt",
    ),
    Quirk(
        "weekday-six",
        "the day of the week counts from 1 to 6",
        "it counts from 1 to 7",
        "F69F, T1 interrupt",
    ),
    Quirk(
        "fields-stored-early",
        "a time, date or alarm that is refused has set the fields before the bad one",
        "nothing is set",
        "F495, F528, F575: SET_DATE, SET_TIME, SET_ALARM",
    ),
    Quirk(
        "spaces-lost",
        "the two spaces behind the echo of * and U are lost",
        "they are sent",
        "the set-up of the rings",
    ),
    Quirk(
        "crystal-windows",
        "6.144 MHz is taken for 1.8432 MHz (32000 baud); crystals that are not listed get a wrong baud rate",
        "all listed crystals are told apart, others get the nearest rate to 9600 baud",
        "boot, crystal measurement",
    ),
)


def quirk(name: str) -> Quirk:
    """The row of that name.  Raises KeyError if there is none."""
    return {row.name: row for row in QUIRKS}[name]
