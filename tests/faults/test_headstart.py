# SPDX-License-Identifier: MIT
"""A run that begins in the middle is the run that begins at the start.

Not to the cycle: a port looks at its board every 2048 cycles, counted from where the board was taken over.
"""

from __future__ import annotations

import pytest

from sxb.faults import Fault, FaultyPort


def end(campaign, port, fault, what):
    spoilt, signs = FaultyPort(port, fault), []
    campaign.load(spoilt, signs, what)
    return (spoilt.counts, spoilt.hit, len(signs)), signs


@pytest.mark.parametrize(
    "fault",
    [Fault("drop", ">", 900), Fault("double", "<", 700), Fault("delay", "<", 660), Fault("stray", ">", 2)],
    ids=lambda fault: f"{fault.kind}{fault.direction}{fault.position}",
)
def test_both_end_alike(campaign, fault):
    what = campaign.LOADS["turbo"]
    begun = campaign.recorded("turbo").shortly_before(fault)
    short, times = end(campaign, begun, fault, what)
    long, whole = end(campaign, campaign.emulated(what), fault, what)
    assert short == long
    assert times == pytest.approx(whole, abs=0.01)


def test_it_begins_in_the_middle(campaign):
    begun = campaign.recorded("turbo").shortly_before(Fault("drop", ">", 1000))
    while begun.port is None:
        begun.answer(lambda port: port.seconds)
    assert begun.board.seconds > 2.7
    assert begun.baudrate == 115200
