# SPDX-License-Identifier: MIT
from __future__ import annotations

from sxb.watch import watch


class Program:
    """Stands for a Monitor with a running program: each look costs its seconds."""

    def __init__(self, said, *, stopped=False):
        self.started = 0.0
        self.line = self
        self._now, self._said, self._stopped = 0.0, list(said), stopped

    def now(self):
        return self._now

    def output(self, seconds):
        if not self._stopped:
            self._now += seconds
        return self._said.pop(0) if self._said else b""


def test_watching_ends_with_its_time():
    program, said = Program([b"a", b"", b"b"]), bytearray()
    watch(program, 0.3, said.extend)
    assert said == b"ab"
    assert 0.3 <= program.now() < 0.35


def test_watching_ends_with_a_stopped_processor():
    watch(Program([], stopped=True), None, lambda _data: None)
