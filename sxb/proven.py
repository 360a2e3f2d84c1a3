# SPDX-License-Identifier: MIT
"""Loads that are proven: load, prove, load what differs again.  Pure dialogues.

A load ends here only when the board's memory equals the image, whatever the line did: a record with a changed
type digit is counted by the loader and not stored, and one with a changed address has overwritten something
before its checksum was seen bad.  So whatever was sent after a proof makes the proof void, unless it went
through at the first try.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asm816.image import Image, Segment, image_of
from asm816.target.boards import CHIP_REGISTERS, MONITOR_OWNED
from sxb import errors, notices, turbo
from sxb.answers import BANNER
from sxb.dialogue import find_prompt, tell
from sxb.loading import Tally, load
from sxb.memory import read_block
from sxb.proof import (
    Difference,
    compare,
    differing_blocks,
    less,
    not_proven,
    seat_in,
    without_owned,
)
from sxb.records import Plan, cut, owned_part

if TYPE_CHECKING:
    from sxb.exchange import Dialogue, Reply, T

REPAIRS = 2
"""How often what differs is loaded again."""

RESETS = 2
"""How often a load starts over because the board was reset in the middle."""

BANNER_LENGTH = 256
"""So much of what came is kept to find a banner in: it may come in two answers."""


def load_unverified(image: Image) -> Dialogue[Tally]:
    """Load, and believe the loader's answers."""
    return (yield from load(cut(image)))


def load_verified(image: Image) -> Dialogue[Tally]:
    """Load all of `image`, and prove it."""
    return (yield from _despite_resets(image, image))


def load_turbo(image: Image, page: int) -> Dialogue[Tally]:
    """Load all of `image` by turbo, whose loader is put into `page`, and prove it.

    Records take over when turbo meets a doubt; when a frame had to be sent again, all is proven once more.
    """
    watch = _ResetWatch()
    tally, pending = None, image
    try:
        tally, pending = yield from watch.follow(_by_turbo(image, page))
    except errors.SxbError:
        if not watch.reset:
            raise
    if watch.reset:
        yield from tell(notices.RESET)
        yield from find_prompt()
    elif tally is None:
        yield from tell(notices.NO_TURBO)
    elif not pending.size and not tally.resent:
        return tally
    if tally is None or watch.reset:
        return (yield from _despite_resets(image, image))
    again = yield from _despite_resets(image, pending)
    return replace(tally, resent=tally.resent + again.records + again.resent)


def _by_turbo(image: Image, page: int) -> Dialogue[tuple[Tally | None, Image]]:
    """One pass: what it took, or None if it did not get through; and what is to be loaded again."""
    done = yield from turbo.transfer(image, page)
    if done is None:
        return None, image
    last = yield from load(cut(done.left))
    wrong = yield from compare(done.left)
    tally = Tally(done.blocks + last.records, done.resent + last.resent, turbo=done.baud)
    return tally, _affected(cut(image), wrong)


def turbo_page(image: Image, wanted: bool | None) -> int | None:
    """Where turbo's loader may lie, or None if it is not `wanted` (None: if it pays) or has no place."""
    if wanted is False or (wanted is None and image.size < turbo.WORTH) or owned_part(image):
        return None
    return turbo.page_in(image)


def load_changed(image: Image) -> Dialogue[Tally]:
    """Load what differs, and prove all of `image`; `Tally.kept` bytes were right already."""
    provable = without_owned(image)
    seat = seat_in(provable)
    if seat is None:
        wrong = yield from compare(provable)
        different = _affected(cut(provable), wrong)
    else:
        blocks = yield from differing_blocks(less(provable, seat), seat)
        different = _joined(blocks, seat)  # which the routine has taken
    pending = _joined(different, *_owned(image))
    tally = yield from _despite_resets(image, pending)
    return replace(tally, kept=image.size - pending.size)


def differences(image: Image) -> Dialogue[tuple[Difference, ...]]:
    """Every byte of memory that is not the image's.  Memory is left as it was."""
    seat = seat_in(without_owned(image))
    if seat is None:
        return (yield from compare(image))
    kept = Segment(seat.address, (yield from read_block(seat.address, len(seat.data))))
    for _ in range(REPAIRS + 1):
        suspects = yield from not_proven(less(image, seat), seat)
        if (yield from _put_back(kept)):
            return (yield from compare(_joined(suspects, seat)))
    raise errors.disturbed("S", b"")


def _put_back(kept: Segment) -> Dialogue[bool]:
    """Give the seat what it held; True if that went through at the first try."""
    piece = image_of([(kept.address, kept.data)])
    if not (yield from compare(piece)):
        return True  # the routine never got there: no RAM, perhaps
    tally = yield from load(cut(piece))
    wrong = yield from compare(piece)
    return not wrong and not tally.resent


# Passes ------------------------------------------------------------------------------------------


def _despite_resets(image: Image, pending: Image) -> Dialogue[Tally]:
    """`_until_proven`, all over again if the board starts anew on the way: its RAM may be lost."""
    for _ in range(RESETS + 1):
        watch = _ResetWatch()
        try:
            tally = yield from watch.follow(_until_proven(image, pending))
        except errors.SxbError:
            if not watch.reset:
                raise
        else:
            if not watch.reset:
                return tally
        yield from tell(notices.RESET)
        yield from find_prompt()
        pending = image
    raise errors.keeps_resetting(RESETS + 1)


class _ResetWatch:
    """Follows a dialogue and sees whether the banner comes."""

    def __init__(self) -> None:
        self.reset = False
        self._last = b""

    def follow(self, conversation: Dialogue[T]) -> Dialogue[T]:
        """The same dialogue."""
        try:
            exchange = next(conversation)
            while True:
                reply: Reply = yield exchange
                self._last = (self._last + reply.data)[-BANNER_LENGTH:]
                self.reset = self.reset or BANNER.search(self._last) is not None
                exchange = conversation.send(reply)
        except StopIteration as end:
            result: T = end.value
            return result


def _until_proven(image: Image, pending: Image) -> Dialogue[Tally]:
    """Load `pending`, prove `image`, and again what differs, until a pass finds nothing to do."""
    provable = without_owned(image)
    seat = seat_in(provable)
    plan = cut(image)
    records = resent = 0
    for repair in range(REPAIRS + 1):
        if seat is None:
            done = yield from load(cut(pending))
            wrong = yield from compare(provable)
            sound = True
        else:
            done, wrong, sound = yield from _pass_by_crc(provable, pending, seat)
        records = done.records if repair == 0 else records
        resent += done.resent if repair == 0 else done.records + done.resent
        if sound and not wrong:
            return Tally(records, resent)
        pending = _affected(plan, wrong)
    if wrong:
        raise errors.differs(wrong[0].address, wrong[0].wanted, wrong[0].found, len(wrong))
    raise errors.disturbed("S", b"")


def _pass_by_crc(
    provable: Image, pending: Image, seat: Segment
) -> Dialogue[tuple[Tally, tuple[Difference, ...], bool]]:
    """Load all but the seat, prove that by CRC, load the seat, read back what is not proven yet.

    The last value is False if a record of the seat had to be repeated: it may have overwritten what was
    proven before.
    """
    rest = yield from load(cut(less(pending, seat)))
    suspects = yield from not_proven(less(provable, seat), seat)
    last = yield from load(cut(image_of([(seat.address, seat.data)])))
    wrong = yield from compare(_joined(suspects, seat))
    tally = Tally(rest.records + last.records, rest.resent + last.resent)
    return tally, wrong, not last.resent


def _joined(*parts: Image | Segment) -> Image:
    """Images and segments, none of which overlaps another, as one image."""
    pieces = [part.segments if isinstance(part, Image) else (part,) for part in parts]
    return image_of((segment.address, segment.data) for piece in pieces for segment in piece)


def _owned(image: Image) -> list[Segment]:
    """The parts of an image that cannot be compared."""
    owned = (*MONITOR_OWNED, CHIP_REGISTERS)
    parts = [(area.overlap(s.address, s.end - 1), s) for area in owned for s in image.segments]
    return [
        Segment(part[0], segment.data[part[0] - segment.address : part[1] + 1 - segment.address])
        for part, segment in parts
        if part
    ]


def _affected(plan: Plan, wrong: tuple[Difference, ...]) -> Image:
    addresses = {difference.address for difference in wrong}
    return image_of(
        (piece.address, piece.data)
        for piece in plan.pieces
        if not addresses.isdisjoint(range(piece.address, piece.end))
    )
