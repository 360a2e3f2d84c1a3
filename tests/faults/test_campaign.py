# SPDX-License-Identifier: MIT
"""A sample of the campaign in `make test`; all of it is `make faults`."""

from __future__ import annotations

import io

import pytest

from sxb.client import Monitor
from sxb.faults import KINDS, Fault, FaultyPort
from sxb.transport import Line


def test_fifteen_kinds():
    assert len({kind.name for kind in KINDS}) == 15


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_kind_at_every_seventh_byte_of_the_double(campaign, doubled, kind):
    counts = campaign.length(doubled)
    outcomes = [campaign.run(fault, doubled) for fault in campaign.all_faults(counts, 7, [kind])]
    assert [outcome for outcome in outcomes if outcome.broken] == []
    assert all(outcome.fault.kind == kind for outcome in outcomes)
    assert len(outcomes) > 80


def test_a_line_over_a_faulty_port_lives_by_the_clock_of_the_port(doubled):
    """In virtual time a wait costs nothing on the wall; a real port, which has no clock, keeps the wall's."""
    inner = doubled()
    inner.seconds = 12.5
    assert Line("faulty", FaultyPort(inner, None)).now() == 12.5
    assert not hasattr(FaultyPort(object(), None), "seconds")


SAMPLE = [
    Fault("drop", ">", 20),
    Fault("flip", ">", 9, bit=2),
    Fault("stray", ">", 30),
    Fault("double", "<", 300),
    Fault("framing", "<", 100),
    Fault("hangup", "<", 50),
    Fault("reset", ">", 60),
    Fault("program", ">", 40),
]


@pytest.mark.parametrize("fault", SAMPLE, ids=lambda fault: f"{fault.kind}{fault.direction}{fault.position}")
def test_a_fault_before_the_emulated_board(campaign, fault):
    outcome = campaign.run(fault)
    assert outcome.broken == ""
    curable = next(kind.curable for kind in KINDS if kind.name == fault.kind)
    assert (outcome.result == "loaded") == curable


def test_a_false_success_would_be_told(campaign, doubled):
    """The judge against a load that claims success over damaged memory."""
    port = campaign.FaultyPort(doubled(), None)
    campaign.load(port, [])
    assert campaign.judge(Fault("drop", ">", 0), port, None, [0.0, 1.0]) == ""
    port.board.memory[0x00B6] ^= 1
    assert campaign.judge(Fault("drop", ">", 0), port, None, [0.0, 1.0]) == "FALSE SUCCESS"
    assert campaign.judge(Fault("drop", ">", 0), port, None, [0.0, 11.0]) == "silent for more than 10 s"


def test_the_report_counts_and_fails_on_a_broken_promise(campaign):
    good = campaign.Outcome(Fault("drop", ">", 0), "loaded")
    bad = campaign.Outcome(Fault("drop", ">", 1), "loaded", "FALSE SUCCESS")
    out = io.StringIO()
    assert campaign.report([good] * 3, 1.0, out)
    assert not campaign.report([good, bad], 1.0, out)
    assert "100.00%" in out.getvalue()
    assert (
        "BROKEN Fault(kind='drop', direction='>', position=1, bit=0): loaded: FALSE SUCCESS" in out.getvalue()
    )


@pytest.fixture(scope="session")
def at_the_high_rate(campaign):
    """Direction -> (first, last) position of what goes over the line faster than the monitor's rate."""
    turbo = campaign.LOADS["turbo"]
    port = FaultyPort(campaign.emulated(turbo), None)
    seen = {">": [], "<": []}

    def note(direction, data):
        if port.baudrate > 9600:
            before = port.counts[direction] - (len(data) if direction == "<" else 0)
            seen[direction] += [before, before + len(data) - 1]

    monitor = Monitor(Line("campaign", port), trace=note)
    monitor.find()
    assert monitor.load(turbo.image, turbo=True).turbo == 115200
    return {direction: (min(places), max(places)) for direction, places in seen.items()}


@pytest.mark.parametrize(
    ("kind", "direction", "part"),
    [
        ("drop", ">", 0.3),
        ("flip", ">", 0.95),
        ("double", "<", 0.5),
        ("framing", "<", 0.0),
        ("stale", "<", 1.0),
        ("hangup", ">", 0.5),
        ("reset", ">", 0.6),
    ],
)
def test_a_fault_at_the_high_rate_of_turbo(campaign, at_the_high_rate, kind, direction, part):
    first, last = at_the_high_rate[direction]
    fault = Fault(kind, direction, round(first + part * (last - first)), bit=4)
    outcome = campaign.run(fault, what=campaign.LOADS["turbo"])
    assert outcome.broken == ""
    assert (outcome.result == "loaded") == (kind != "hangup")


def test_a_program_that_has_the_line_at_a_rate_of_its_own_ends_by_the_reset_button(campaign):
    """The board was about to change its rate: what is printed is no text at any rate that is looked for."""
    outcome = campaign.run(Fault("program", "<", 701), what=campaign.LOADS["turbo"])
    assert (outcome.result, outcome.broken) == ("exit 12 S1205", "")
