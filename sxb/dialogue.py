# SPDX-License-Identifier: MIT
"""The conversation with the Mensch monitor as pure state machines: prompt, registers, version, jump.

Everything here was seen by executing WDC's published monitor ROM (version 2.07).  What follows from
it for a careful host:

* Digits and hex letters are commands at the prompt (A alters registers, F fills memory), so arguments
  are sent only after the echo of the command letter came: a lost letter can never run its arguments.
* A pointer is checked before anything is written through it, and after everything read through it.
* An answer that has not exactly the expected shape is worth nothing: find the prompt, ask again.

The shapes are in `sxb.answers`, memory is in `sxb.memory`, the clock in `sxb.clock`, loading in
`sxb.loading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from asm816.target.monitor import END_RECORD, XON
from sxb import errors, notices
from sxb.answers import ANSWERS, AT_PROMPT, BANNER, ECHO, LOADER_ANSWER, NEVER, QUESTION
from sxb.exchange import Dialogue, Exchange, Reply, T

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sxb.notices import Notice

ATTEMPTS = 4
"""How often a question is asked when its answer is garbled."""

QUIET_SECONDS = 0.05
"""A prompt ends a quiet line.  Three latency timers of a USB adapter (16 ms)."""

PROMPT_SECONDS = 0.4
"""Waiting for a prompt; five of these and the bursts below stay under 4 s on a silent line."""

BANNER_SECONDS = 2.0
"""From a banner to the prompt it is 0.27 s at most; a virtual board may be slower than the wall's clock."""

LAST_ECHO_SECONDS = 0.1
"""The echo of the last key of G leaves at once; a USB adapter holds it back for 16 ms."""

ESC, CR, LF = b"\x1b", b"\r", b"\n"
XON_CR = bytes([XON]) + CR

_BLANKS = LF * 270
BURSTS = (_BLANKS + CR, b"000" + _BLANKS + CR, b"0" * 640 + CR)
"""What brings a loader that swallows everything back to its senses.

A line feed is no hex digit: a pair of them counts as two data bytes and stores nothing (executed), and at the
prompt it is ignored.  Count, address and 255 bytes are 270 at most.  That ends every record with an even
number of bytes to come; before an odd one, one good byte puts it right and stores one 00 (`000`: one of its
pairs is whole, wherever the loader's pairs begin).  The zeros are for a loader over ROM, where nothing
sticks: 600 ended every such hang that was tried (executed).
"""

BURST_SECONDS = 0.1
"""The answer to the last character, through adapters and networks."""


class GarbledError(Exception):
    """An answer has not the expected shape; stays inside the dialogues."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.data = reply.data


@dataclass(frozen=True, slots=True)
class Version:
    """Which monitor it is: the `number` ("2.07") and the three lines of its `banner`."""

    number: str
    banner: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Registers:
    """The monitor's saved registers: the program's at its last BRK or RTL, and its next entry state."""

    pc: int
    pbr: int
    a: int
    x: int
    y: int
    s: int
    d: int
    p: int
    dbr: int

    @property
    def address(self) -> int:
        """Program bank and counter as one 24-bit address."""
        return self.pbr << 16 | self.pc


REGISTER_LETTERS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "a": ("A", 4),
        "x": ("X", 4),
        "y": ("Y", 4),
        "s": ("S", 4),
        "d": ("D", 4),
        "p": ("F", 2),
        "dbr": ("B", 2),
    }
)
"""Name -> (the letter behind |, digits).  PC is apart: its letter is P and it wants a colon."""


# Asking ------------------------------------------------------------------------------------------


def ask(exchange: Exchange, shape: str) -> Dialogue[re.Match[bytes]]:
    """One exchange whose whole answer must have the named shape."""
    reply = yield exchange
    match = ANSWERS[shape].fullmatch(reply.data)
    if match is None or not reply.complete:
        raise GarbledError(reply)
    return match


def tell(notice: Notice) -> Dialogue[None]:
    """A turn that only tells the user something."""
    yield Exchange(b"", NEVER, 0.0, notice=notice)


def command(letter: bytes, arguments: bytes, shape: str) -> Dialogue[re.Match[bytes]]:
    """A host command: the letter, its echo, then the arguments, then the answer."""
    reply = yield Exchange(letter, ECHO)
    if reply.data != letter + b"  ":
        raise GarbledError(reply)
    return (yield from ask(Exchange(arguments, AT_PROMPT), shape))


def insist(
    what: str,
    attempt: Callable[[], Dialogue[T]],
    give_up: Callable[[str, bytes], errors.SxbError] = errors.disturbed,
) -> Dialogue[T]:
    """Repeat `attempt` from a fresh prompt while its answers are garbled, then raise what `give_up` makes."""
    seen = b""
    for _ in range(ATTEMPTS):
        try:
            return (yield from attempt())
        except GarbledError as error:
            seen = error.data
            yield from tell(notices.asking_again(what, seen))
            yield from find_prompt()
    raise give_up(what, seen)


def five_digits(address: int) -> Dialogue[bytes]:
    """Answer an address question up to the fifth digit; returns the sixth, behind which it goes on.

    A doubled or changed digit shows in the echo, and whatever asks next is then left by ESC.
    """
    text = address_text(address).encode()
    five = text[:-1]
    reply = yield Exchange(five.replace(b":", b""), re.compile(re.escape(five) + rb"\Z"))
    if reply.data != five:
        raise GarbledError(reply)
    return text[-1:]


def last_digit(digit: bytes, until: re.Pattern[bytes], shape: str) -> Dialogue[None]:
    """The sixth digit, whose echo stands in front of what comes next."""
    match = yield from ask(Exchange(digit, until), shape)
    if match[1] != digit:
        raise GarbledError(Reply(match[0], complete=True))


# The prompt --------------------------------------------------------------------------------------


NUDGES = (ESC, XON_CR)
"""What asks for the prompt and disturbs nobody.

ESC leaves every question (CR would start a program at G); CR ends the M command, which ESC does not; XON wakes a
monitor that an XOFF keeps silent.
"""


def find_prompt() -> Dialogue[bytes]:
    """Bring the monitor to its prompt from any state that the line can bring about; returns what came."""
    seen = b""
    for keys in NUDGES:
        reply = yield from nudge(keys)
        seen += reply.data
        if reply.complete:
            return seen
    return (yield from dig_out(seen))


def nudge(keys: bytes) -> Dialogue[Reply]:
    """One of `NUDGES`; complete if the prompt came."""
    return (yield Exchange(keys, AT_PROMPT, PROMPT_SECONDS, QUIET_SECONDS))


def dig_out(seen: bytes) -> Dialogue[bytes]:
    """Leave the loader, if that is where the monitor is; `seen` came before.  Returns all that came."""
    left = yield from leave_loader()
    seen += left.heard
    if not left.at_prompt:
        if BANNER.search(seen) and (yield from await_prompt(BANNER_SECONDS, nudge=True)):
            return seen  # it was just starting
        raise what_answers(seen)
    yield from tell(notices.HALF_LOAD)
    return seen


@dataclass(frozen=True, slots=True)
class Left:
    """How leaving the loader went: `dirty` if bytes may have been stored behind a record."""

    at_prompt: bool
    dirty: bool
    heard: bytes


def leave_loader() -> Dialogue[Left]:
    """Out of the S command, even out of one that swallows everything."""
    seen = b""
    for dirty, burst in enumerate(BURSTS):
        if dirty:
            yield from tell(notices.STILL_NO_PROMPT)
        # First what stores nothing: the digits of an end record would be data to a swallowing loader.
        reply = yield Exchange(burst, LOADER_ANSWER, BURST_SECONDS)
        at_prompt, heard = yield from _end_load()
        seen += reply.data + heard
        if at_prompt:
            return Left(True, dirty > 0, seen)
    return Left(False, True, seen)


def _end_load() -> Dialogue[tuple[bool, bytes]]:
    """The S8 record; once more if the first one was taken for something else and answered so."""
    seen = b""
    for _ in range(2):
        reply = yield Exchange(END_RECORD + CR, AT_PROMPT, PROMPT_SECONDS, QUIET_SECONDS)
        seen += reply.data
        if reply.complete or not reply.data:
            return reply.complete, seen
    return False, seen


TEXT = bytes(range(0x20, 0x7F)) + b"\a\b\t\n\f\r\x1b"
"""The bytes of a text."""


def what_answers(seen: bytes) -> errors.SxbError:
    """The error for a line on which `seen` came and no prompt."""
    if not seen:
        return errors.no_answer()
    if set(seen) == {0xCC}:
        return errors.binary_monitor()
    if END_RECORD in seen:  # nothing of a record is ever echoed by this monitor
        return errors.echo_on_line(seen)
    if len(seen.translate(None, TEXT)) * 8 > len(seen):
        return errors.wrong_speed(seen)
    return errors.no_prompt(seen)


def await_prompt(seconds: float, *, nudge: bool) -> Dialogue[bool]:
    """Listen for the prompt of a board that is being reset; True when it stands there.

    With `nudge` ESC asks for it: the banner may have come while nobody could hear it.
    """
    reply = yield Exchange(ESC if nudge else b"", AT_PROMPT, seconds, QUIET_SECONDS)
    return reply.complete


def identify() -> Dialogue[Registers]:
    """At the prompt, make sure that it is this monitor's: only it answers to ``| ``."""
    return (yield from read_registers(_not_this_monitor))


def _not_this_monitor(what: str, seen: bytes) -> errors.SxbError:
    """A prompt, and answers that are not this monitor's; with `what` in front of them the line echoes."""
    if seen.startswith(what.encode() + b" " + what.encode()):
        return errors.echo_on_line(seen)
    return errors.not_this_monitor(what, seen)


# Registers ---------------------------------------------------------------------------------------


def read_registers(
    give_up: Callable[[str, bytes], errors.SxbError] = errors.disturbed,
) -> Dialogue[Registers]:
    """The saved registers."""
    match = yield from insist("|", lambda: ask(Exchange(b"| ", AT_PROMPT), "read registers"), give_up)
    bank, pc, a, x, y, s, d, p, dbr = (int(group, 16) for group in match.groups())
    return Registers(pc, bank, a, x, y, s, d, p, dbr)


def set_registers(values: Mapping[str, int]) -> Dialogue[Registers]:
    """Set saved registers by name (pc, pbr, a, x, y, s, d, p, dbr); returns all as read back."""
    now = yield from read_registers()
    wanted = replace(now, **values)
    if now == wanted:
        return now
    return (yield from put_registers(now, wanted))


def put_registers(now: Registers, wanted: Registers) -> Dialogue[Registers]:
    """Set the saved registers that are not as `wanted` (they are `now`); returns all as read back.

    Nothing is sent if none differs.
    """
    if now == wanted:
        return now
    place = address_text(wanted.address).encode()

    def set_all() -> Dialogue[Registers]:
        if now.address != wanted.address:
            yield from command(b"|", b"P" + place, "set register")
        for name, (letter, digits) in REGISTER_LETTERS.items():
            value = getattr(wanted, name)
            if value != getattr(now, name):
                yield from command(b"|", f"{letter}{value:0{digits}X}".encode(), "set register")
        after = yield from read_registers()
        if after != wanted:
            raise GarbledError(Reply(repr(after).encode(), complete=True))
        return after

    return (yield from insist("|", set_all))


def dumped_registers(match: re.Match[bytes]) -> Registers:
    """The registers of a "register dump"."""
    bank, pc, *pairs, p, dbr = match.groups()
    a, x, y, s, d = (int(pairs[n] + pairs[n + 1], 16) for n in range(0, 10, 2))
    return Registers(int(pc, 16), int(bank, 16), a, x, y, s, d, int(p, 16), int(dbr, 16))


# The monitor itself ------------------------------------------------------------------------------


def read_version() -> Dialogue[Version]:
    """Which monitor this is, from its banner, which ``*`` shows again."""

    def ask_banner() -> Dialogue[Version]:
        match = yield from ask(Exchange(b"*", AT_PROMPT, quiet=QUIET_SECONDS), "banner")
        first, number, second, third = (group.decode("latin-1").strip() for group in match.groups())
        return Version(number, (first, second, third))

    return (yield from insist("*", ask_banner))


# Running -----------------------------------------------------------------------------------------


def aim_jump(address: int) -> Dialogue[bytes]:
    """G up to its last key, which is returned: from there on the program has the line.

    The address goes into the saved PC, which is read back, and a lone CR then starts it.  Of six
    digits typed at G a doubled or changed last one would start the program somewhere else.
    """
    yield from set_registers({"pc": address & 0xFFFF, "pbr": address >> 16})
    yield from insist("G", lambda: ask(Exchange(b"G", QUESTION), "jump question"))
    return CR


def jump(last_key: bytes) -> Dialogue[bytes | None]:
    """Send the last key of G.  Returns what the program has already said, or None if G still asks.

    The echo of CR leaves before the program's first instruction (executed: 176 and 247 us behind the
    key), so without it either the key or its echo was lost; ESC tells which, and a program that runs
    does not answer it with a prompt.
    """
    reply = yield Exchange(last_key, re.compile(re.escape(last_key)), LAST_ECHO_SECONDS)
    if reply.data.startswith(last_key):
        return reply.data.removeprefix(last_key)
    asked = yield Exchange(ESC, AT_PROMPT, PROMPT_SECONDS, QUIET_SECONDS)
    return None if asked.complete else reply.data + asked.data


def aim_call(address: int) -> Dialogue[bytes]:
    """J up to the fifth digit, each sent only after the echo of the one before; returns the sixth.

    There is no way back after the sixth digit, so it is its own step (J has no start from a saved PC).
    """
    text = address_text(address)

    def five_digits() -> Dialogue[None]:
        yield from ask(Exchange(b"J", QUESTION), "call question")
        for n, digit in enumerate(text.replace(":", "")[:5]):
            echo = digit.encode() + (b":" if n == 1 else b"")
            reply = yield Exchange(digit.encode(), re.compile(re.escape(echo) + rb"\Z"))
            if reply.data != echo:
                raise GarbledError(reply)

    try:
        yield from insist("J", five_digits)
    except errors.NoAnswerError as error:
        # A digit that was doubled on the line was the sixth one to the monitor.
        raise errors.hangs(f"at the start address {text}: it may have started elsewhere") from error
    return text[-1].encode()


def call(
    last_digit: bytes, seconds: float, quiet: float = QUIET_SECONDS
) -> Dialogue[tuple[bytes, Registers | None]]:
    """Send the sixth digit of J and wait for the program to return.

    Returns what the program printed, and the registers that the monitor shows on return, or None if
    it did not return within `seconds`.  What a program prints may look like the end: unless it prints nothing,
    so many seconds must be `quiet` behind it.
    """
    reply = yield Exchange(last_digit, ANSWERS["register dump"], seconds, quiet)
    output = reply.data.removeprefix(last_digit)
    match = ANSWERS["register dump"].search(output)
    if match is None:
        return output, None
    return output[: match.start()], dumped_registers(match)
