# SPDX-License-Identifier: MIT
"""Settings: each can be chosen, and what is chosen is what the chip does."""

from __future__ import annotations

from dataclasses import fields

import pytest

from emu.chip.settings import DEFAULTS, ChipSettings, PulseCapture
from emu.cpu.bus import VPB
from emu.errors import EmuError

# What each setting does is tested beside the part that it belongs to; three have their tests here.


def test_every_setting_says_why_and_is_in_the_page(project):
    text = (project / "emu/chip/settings.py").read_text(encoding="utf-8")
    page = (project / "docs/chip.md").read_text(encoding="utf-8")
    for field in fields(ChipSettings):
        assert f"    {field.name}: {field.type} = " in text
        default = getattr(DEFAULTS, field.name)
        assert f"| `{field.name}` | {getattr(default, 'name', default)} |" in page
    assert text.count('\n    """') >= len(fields(ChipSettings))


def test_pd7_reads_its_latch_under_selects_where_that_is_set(idle_chip):
    for setting, seen in ((False, 0x04), (True, 0xFF)):
        idle = idle_chip(reads_pd7_under_selects=setting)
        idle.write("PD7", 0xFF)
        idle.write("PCS7", 0xFB)
        assert idle.read("PD7") == seen


def test_ports_hide_behind_the_bus_where_that_is_set(idle_chip):
    for hidden, seen in ((False, 0xFF), (True, 0x12)):
        idle = idle_chip(bus_hides_ports=hidden)
        idle.write("PDD0", 0xFF)
        idle.write("BCR", 0x01)
        idle.put(0x0000, 0x12)
        assert idle.read("PDD0") == seen
        idle.write("PDD0", 0x0F)
        idle.write("BCR", 0x00)
        assert idle.read("PDD0") == (0xFF if hidden else 0x0F)


def test_reset_clears_the_timers_where_that_is_set(idle_chip):
    for cleared, seen in ((False, (0x34, 0x12)), (True, (0, 0))):
        idle = idle_chip(timers_cleared_by_reset=cleared)
        idle.timer(3, 0x1234)
        idle.chip.reset()
        assert (idle.read("T3LL"), idle.read("T3LH")) == seen
        assert (idle.read("T3CL"), idle.read("T3CH")) == seen


def test_the_high_counter_byte_belongs_to_the_low_one_where_that_is_set(idle_chip):
    for kept in (False, True):
        idle = idle_chip(counter_high_byte_latched=kept)
        idle.timer(3, 0x1203)
        idle.write("TER", 0x08)
        low = idle.read("T3CL")
        idle.pass_cycles(100)
        assert (low, idle.read("T3CH")) == (0x02, 0x12 if kept else 0x11)
        assert idle.read("T3CH") == 0x11


def test_nmi_as_a_level_comes_again_and_again(idle_chip):
    served = []
    for on_edge in (True, False):
        idle = idle_chip(nmi_on_edge=on_edge)
        idle.write("BCR", 0x40)
        idle.drive("P40", 0)
        idle.core.e = 0
        pulls = []
        idle.core.watcher = lambda address, value, kind, pulls=pulls: pulls.append(kind & VPB)
        idle.core.watched = 1
        idle.pass_cycles(60)
        served.append(sum(1 for pull in pulls if pull) // 2)
    assert served[0] == 1
    assert served[1] > 3


def test_a_board_takes_them_and_its_snapshots_know(small_board):
    board = small_board("toggle", settings=ChipSettings(pulse_capture=PulseCapture.FLAG_ONLY))
    assert board.chip.settings.pulse_capture is PulseCapture.FLAG_ONLY
    snapshot = board.snapshot()
    other = small_board("toggle")
    assert other.chip.settings is DEFAULTS
    with pytest.raises(EmuError):
        other.restore(snapshot)


def test_tones_are_pins_of_the_board_that_nobody_drives(small_board):
    board = small_board("toggle")
    assert board.pin("TG0").level == 0
    with pytest.raises(EmuError, match="output only"):
        board.drive("TG0", 1)
