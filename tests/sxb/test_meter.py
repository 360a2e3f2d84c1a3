# SPDX-License-Identifier: MIT
from __future__ import annotations

import sys

from sxb import meter
from sxb.exchange import Progress


def test_no_terminal_no_bar(capsys):
    with meter.Meter() as show:
        show(Progress("load", 0, 100))
    assert capsys.readouterr() == ("", "")


def test_a_plain_line_now_and_then(capsys, monkeypatch):
    monkeypatch.setattr(meter, "PLAIN_SECONDS", -1.0)
    with meter.Meter() as show:
        show(Progress("load", 16, 100))
    assert capsys.readouterr() == ("", "load: 16 of 100 bytes\n")


def test_a_bar_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with meter.Meter() as show:
        show(Progress("load", 16, 100))
        show(Progress("verify", 16, 100))
    out, err = capsys.readouterr()
    assert out == ""
    assert "verify" in err


def test_quiet(capsys, monkeypatch):
    monkeypatch.setattr(meter, "PLAIN_SECONDS", -1.0)
    with meter.Meter(quiet=True) as show:
        show(Progress("load", 16, 100))
    assert capsys.readouterr() == ("", "")


def test_a_phase_that_grows_shows_its_new_size(capsys, monkeypatch):
    """Turbo's loader and its blocks are both a load: "14336 of 180 bytes" stood there."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with meter.Meter() as show:
        show(Progress("load", 0, 180))
        show(Progress("load", 14_336, 32_256))
    assert "14336 of 32256 bytes" in capsys.readouterr().err
