# SPDX-License-Identifier: MIT
"""Loading an image through the monitor's S command, and comparing memory with it: pure dialogues.

The loader echoes nothing.  A good record is answered by ``.`` and a running count of four decimal
digits, a bad one (checksum, or a byte that does not stick) by ``?``; a record whose count or last data
byte was damaged may get no answer at all while the loader swallows what follows.  Record types other
than 2 and 8 are counted as good and not stored, so only reading back proves a load.  All executed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from asm816.srec import s2_record
from asm816.target.monitor import END_RECORD
from sxb import errors, notices
from sxb.answers import ANSWERS, AT_PROMPT, ECHO, LOADER_ANSWER, NEVER
from sxb.dialogue import (
    CR,
    PROMPT_SECONDS,
    QUIET_SECONDS,
    XON_CR,
    ask,
    find_prompt,
    insist,
    leave_loader,
    tell,
)
from sxb.exchange import Dialogue, Exchange, Progress, Reply
from sxb.memory import write_block

if TYPE_CHECKING:
    from asm816.image import Segment
    from sxb.records import Plan

RESENDS = 3
"""How often one record is sent again before the board is said to refuse it."""

RESTARTS = 2
"""How often a load starts again from the first record after the loader had to be dug out."""

RECORD_SECONDS = 0.5
"""The answer is through 5.4 ms after the CR (executed); the rest is adapters and networks."""

COUNTS = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What a load took."""

    records: int = 0
    resent: int = 0
    kept: int = 0
    """Bytes that were on the board already and were not sent."""
    turbo: int = 0
    """The baud rate of turbo's blocks, which count as records; 0 if all went by S records."""


# Loading -----------------------------------------------------------------------------------------


def load(plan: Plan) -> Dialogue[Tally]:
    """Send all of `plan`; starts and ends at the prompt."""
    tally = Tally()
    for restart in range(RESTARTS + 1):
        session = _Session(plan)
        try:
            yield from session.run()
        except _StartOverError:
            tally = replace(tally, resent=tally.resent + session.sent)
            if restart == RESTARTS:
                first = plan.records[min(session.position, len(plan.records) - 1)]
                raise errors.record_refused(first.address, first.end - 1, RESTARTS + 1) from None
            continue
        tally = Tally(len(plan.records), tally.resent + session.sent - len(plan.records))
        break
    for piece in plan.odd:
        yield from write_block(piece.address, piece.data)
    return tally


class _StartOverError(Exception):
    """Bytes behind a record may have been overwritten: only a load from the start is sure."""


class _Session:
    """The records of a plan on their way, one in flight."""

    def __init__(self, plan: Plan) -> None:
        self._records = plan.records
        self._total = plan.size
        self._done = 0
        self._inside = False  # the loader, not the prompt, takes the next byte
        self._count: int | None = None  # the loader's count at the last good answer, None if not known
        self.position = 0
        self.sent = 0

    def run(self) -> Dialogue[None]:
        """All records, then the end record."""
        failures = 0
        while self.position < len(self._records):
            record = self._records[self.position]
            if (yield from self._send(record)):
                self.position += 1
                self._done += len(record.data)
                failures = 0
                continue
            failures += 1
            if failures > RESENDS:
                yield from leave_loader()
                raise errors.record_refused(record.address, record.end - 1, failures)
        if self._inside:
            yield from self._finish()

    def _send(self, record: Segment) -> Dialogue[bool]:
        """One record; True if the loader said it is stored."""
        line = s2_record(record.address, record.data)
        if not self._inside:
            # The S that enters the loader is the first letter of the first record.  It goes alone,
            # against its echo: were it lost, the digits behind it would be commands.
            yield from insist("S", lambda: ask(Exchange(b"S", ECHO), "loader"))
            self._inside, self._count = True, 0
            line = line[1:]
        self.sent += 1
        progress = Progress("load", self._done, self._total)
        reply = yield Exchange(line + CR, LOADER_ANSWER, RECORD_SECONDS, progress=progress)
        return (yield from self._judge(reply))

    def _judge(self, reply: Reply) -> Dialogue[bool]:
        stored = ANSWERS["record stored"].fullmatch(reply.data)
        if stored:
            count = int(stored[1])
            expected = None if self._count is None else (self._count + 1) % COUNTS
            self._count = count
            # A wrong count may be a late answer to a record before this one: not an answer to this.
            if expected is None or count == expected:
                return True
            yield from self._drain()
            return False
        if ANSWERS["record refused"].fullmatch(reply.data):
            return False
        yield from self._recover()
        return False

    def _drain(self) -> Dialogue[None]:
        """Let late answers come; the next count is whatever it is."""
        yield Exchange(b"", NEVER, QUIET_SECONDS)
        self._count = None

    def _recover(self) -> Dialogue[None]:
        """No answer, or no sense in it: lost CR, swallowing loader, lost answer, or a restarted board."""
        # One more character completes a record whose CR was lost, and fetches the ? of a short one; XON
        # wakes a board that took a damaged byte for XOFF.
        reply = yield Exchange(XON_CR, LOADER_ANSWER, QUIET_SECONDS * 2)
        if ANSWERS["record stored"].fullmatch(reply.data) or ANSWERS["record refused"].fullmatch(reply.data):
            self._count = None
            return
        place = address_text(self._records[self.position].address)
        yield from tell(notices.recovering(place))
        yield from self._out(f"at {place} in the middle of the load")

    def _out(self, where: str) -> Dialogue[None]:
        """Out of the loader, whatever it takes.  What had to be stored for that makes the load start over."""
        left = yield from leave_loader()
        self._inside = False
        if not left.at_prompt:
            try:  # perhaps everything is just late
                yield from find_prompt()
            except errors.SxbError as error:
                raise errors.hangs(where) from error
        if left.dirty:
            raise _StartOverError

    def _finish(self) -> Dialogue[None]:
        """The S8 record; its only answer is the prompt."""
        reply = yield Exchange(END_RECORD + CR, AT_PROMPT, PROMPT_SECONDS, progress=self._progress_end())
        if ANSWERS["loaded"].fullmatch(reply.data):
            return
        reply = yield Exchange(XON_CR, AT_PROMPT, QUIET_SECONDS * 2, QUIET_SECONDS)  # as in _recover
        if reply.complete:
            return
        yield from self._out("at the end of the load")

    def _progress_end(self) -> Progress:
        return Progress("load", self._done, self._total)
