# SPDX-License-Identifier: MIT
"""What is expected of a pin: its toggles, its pulses, its share of time, its silence.

Every `must_` looks at what the pin did since the program was started (`Target.start`) and raises
`Unlike` with both waves if that is something else.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sxb.judge.unlike import Unlike, bounds, cycles_of, hide, time_text, tolerance_of, two_waves

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sxb.judge.target import Target

__tracebackhide__ = hide

LEVELS = ("low", "high")


class Signal:
    """A pin of a judged board; `label` is the LED on it, or empty."""

    def __init__(self, target: Target, pin: str, label: str = "") -> None:
        self._target = target
        self._wire = target.pin(pin)
        self.title = f"{label} ({pin})" if label else pin
        """What messages call it."""

    @property
    def level(self) -> int:
        """The level now."""
        return self._wire.level

    @property
    def edges(self) -> list[tuple[int, int]]:
        """[(cycle, level), ...] since the program was started, cycles since power on."""
        return [edge for edge in self._wire.edges if edge[0] > self._target.started]

    def must_toggle_every(
        self,
        *,
        ms: float | None = None,
        cycles: float | None = None,
        within: str | float = 0.0,
        toggles: int = 2,
    ) -> None:
        """From one edge to the next it is so long, everywhere; there are `toggles` such times at least."""
        wanted = self._cycles(ms, cycles)
        allowed = bounds(wanted, tolerance_of(within))
        edges = self.edges
        wish = f"{self.title} must toggle every {self._wish(wanted, within)}"
        # what the program did to the pin before its first turn is not timed: the first edge begins it
        expected = self._even(edges[0] if edges else None, wanted)
        for number, ((begin, _), (end, _)) in enumerate(pairwise(edges), start=1):
            if not allowed[0] <= end - begin <= allowed[1]:
                raise self._unlike(
                    f"{wish}, but its toggle {number} took {self._time(end - begin)}", expected, begin, end
                )
        if len(edges) - 1 < toggles:
            raise self._unlike(
                f"{wish}, but in {self._time(self._lasted)} it has {_edges(len(edges))}: "
                f"{toggles} whole times from edge to edge take {toggles + 1}",
                expected,
            )

    def must_be_low_for(
        self, *, ms: float | None = None, cycles: float | None = None, within: str | float = 0.0
    ) -> None:
        """Each whole low pulse is so long, and there is one at least.

        A pulse under way when the program was started or now is not whole.
        """
        self._must_pulse(0, self._cycles(ms, cycles), within)

    def must_be_high_for(
        self, *, ms: float | None = None, cycles: float | None = None, within: str | float = 0.0
    ) -> None:
        """Each whole high pulse is so long, and there is one at least."""
        self._must_pulse(1, self._cycles(ms, cycles), within)

    def must_be_high_part(self, part: float, within: float = 0.01) -> None:
        """Over its whole periods it is high for this part of the time, give or take `within` (both 0 to 1)."""
        found = self._target.pin(self._wire.name).measure(self._target.started + 1, self._target.cycle + 1)
        wish = f"{self.title} must be high {part:.1%} of the time, give or take {within:.1%}"
        if found.period is None or found.high is None:
            raise self._unlike(f"{wish}, but it has {_edges(found.edges)} and no whole period", None)
        actual = found.high / found.period
        if abs(actual - part) > within:
            raise self._unlike(f"{wish}, but it is {actual:.2%}", None)

    def must_stay(self, level: int) -> None:
        """It is on this level and has had no edge."""
        edges = self.edges
        if edges or self.level != level:
            has = f"it has {_edges(len(edges))}" if edges else f"it is {LEVELS[self.level]}"
            raise self._unlike(f"{self.title} must stay {LEVELS[level]}, but {has}", (level, []))

    # ------------------------------------------------------------------ within

    def _must_pulse(self, level: int, wanted: float, within: str | float) -> None:
        allowed = bounds(wanted, tolerance_of(within))
        wish = f"{self.title} must be {LEVELS[level]} for {self._wish(wanted, within)}"
        pulses = [(begin, end) for (begin, to), (end, _) in pairwise(self.edges) if to == level]
        for begin, end in pulses:
            if not allowed[0] <= end - begin <= allowed[1]:
                expected = (1 - level, [begin, round(begin + wanted)])
                raise self._unlike(
                    f"{wish}, but once it was so for {self._time(end - begin)}", expected, begin, end
                )
        if not pulses:
            raise self._unlike(
                f"{wish}, but in {self._time(self._lasted)} there is no whole {LEVELS[level]} pulse", None
            )

    def _cycles(self, ms: float | None, cycles: float | None) -> float:
        return cycles_of(self._target.phi2_hz, ms=ms, cycles=cycles)

    def _time(self, cycles: float) -> str:
        return time_text(cycles, self._target.phi2_hz)

    def _wish(self, wanted: float, within: str | float) -> str:
        tolerance = tolerance_of(within)
        return self._time(wanted) + (f" +-{100 * tolerance:g} %" if tolerance else " exactly")

    @property
    def _lasted(self) -> int:
        return self._target.cycle - self._target.started

    def _even(self, first: tuple[int, int] | None, every: float) -> tuple[int, list[int]] | None:
        """The wave that toggles evenly from an edge on."""
        if first is None or every <= 0:
            return None
        clock, level = first
        count = min(int((self._target.cycle - clock) / every), 10_000)
        return 1 - level, [round(clock + n * every) for n in range(count + 1)]

    def _unlike(
        self,
        sentence: str,
        expected: tuple[int, Sequence[int]] | None,
        begin: int | None = None,
        end: int | None = None,
    ) -> Unlike:
        """The error: the sentence, the waves, and where it begins."""
        target, lines = self._target, [sentence]
        if begin is not None and end is not None:
            since = (begin - target.started) * 1000 / target.phi2_hz
            lines.append(f"  from cycle {begin:,} ({since:.3f} ms after the start) to cycle {end:,}")
        first, last = self._window(begin, end)
        silent: tuple[int, list[int]] = (self._wire.level_at(first), [])
        lines += two_waves(expected or silent, self._wire, first, last, target.phi2_hz)
        if expected is None:
            del lines[-3]
        return Unlike("\n".join(lines))

    def _window(self, begin: int | None, end: int | None) -> tuple[int, int]:
        """What is shown: everything, or what lies around the place if that would be too small to see."""
        first, last = self._target.started, max(self._target.cycle, self._target.started + 1)
        if begin is None or end is None or (end - begin) * 20 > last - first:
            return first, last
        around = max(8 * (end - begin), 16)
        return max(first, begin - around // 4), min(last, end + around)


def _edges(count: int) -> str:
    return "no edge" if not count else f"{count} edge{'' if count == 1 else 's'}"


def must_show(target: Target, patterns: Sequence[int], least_cycles: float, shown: Callable[[], str]) -> None:
    """The LEDs show these patterns one after the other, beginning where the first is seen first.

    Bit n is LED n, 1 is lit.  Patterns shown for less than `least_cycles` are on the way to others.
    """
    seen = led_patterns(target, least_cycles)
    values = [pattern for _, pattern in seen]
    wish = " ".join(f"{pattern:02X}" for pattern in patterns)
    begin = values.index(patterns[0]) if patterns and patterns[0] in values else None
    if begin is not None and values[begin : begin + len(patterns)] == list(patterns):
        return
    found = "  ".join(
        f"{pattern:02X} at {(clock - target.started) * 1000 / target.phi2_hz:.3f} ms"
        for clock, pattern in seen[:16]
    )
    more = f"  and {len(seen) - 16} more" if len(seen) > 16 else ""
    raise Unlike(
        f"the LEDs must show {wish} one after the other, but they showed\n  {found}{more}\n{shown()}".rstrip()
    )


def led_patterns(target: Target, least_cycles: float = 0) -> list[tuple[int, int]]:
    """[(cycle, pattern), ...]: what the LEDs showed since the start, with the cycle from which on."""
    changes: dict[int, list[tuple[int, int]]] = {}
    pattern = 0
    for number, led in enumerate(target.facts.leds):
        wire, lit = target.pin(led.pin), target.lit_level(led)
        pattern |= int(wire.level_at(target.started) == lit) << number
        for clock, level in wire.edges:
            if clock > target.started:
                changes.setdefault(clock, []).append((number, int(level == lit)))
    shown = [(target.started, pattern)]
    for clock in sorted(changes):
        for number, lit in changes[clock]:
            pattern = pattern & ~(1 << number) | lit << number
        shown.append((clock, pattern))
    ends = [clock for clock, _ in shown[1:]] + [target.cycle]
    lasting = [entry for entry, end in zip(shown, ends, strict=True) if end - entry[0] >= least_cycles]
    return [entry for n, entry in enumerate(lasting) if not n or lasting[n - 1][1] != entry[1]]
