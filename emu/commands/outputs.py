# SPDX-License-Identifier: MIT
"""The files of one `emu816 run`: opened before it, filled behind it, kept all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from asm816.outputs import WholeFile

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from emu.commands.run import Run, Wishes
    from emu.probes.tracefile import Lines, Ranges


class Outputs:
    """The files that were asked for.

    Opening them raises FileAccessError for one that cannot be written, and what `emu.probes.plot` raises where
    no picture can be made.
    """

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        if wishes.plot is not None:
            from emu.probes.plot import check_library, format_of

            format_of(wishes.plot)
            check_library()
        self._files: dict[str, WholeFile] = {}
        self._lines: Lines | None = None
        try:
            for kind in ("vcd", "wav", "plot", "trace"):
                path = getattr(wishes, kind)
                if path is not None:
                    self._files[kind] = WholeFile(path)
        except BaseException:
            self._drop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def takers(self, run: Run, ranges: Ranges) -> Iterator[Callable[[array[int]], None]]:
        """Who writes the trace while the board runs."""
        if "trace" not in self._files:
            return
        file = self._files["trace"]
        if self._wishes.trace_as == "raw":
            from emu.cpu.trace import MAGIC, file_bytes

            file.write(MAGIC)
            yield lambda words: file.write(file_bytes(words))
            return
        from emu.probes.names import Names
        from emu.probes.tracefile import ALL, CycleLines, InstructionLines

        form = CycleLines if self._wishes.trace_as == "cycles" else InstructionLines
        lines = self._lines = form(Names(run.program.info), run.begin.cycle, ranges or ALL, run.begin.cycle)
        file.write(lines.head.encode())
        yield lambda words: file.write(lines.feed(words).encode())

    def fill(self, run: Run) -> None:
        """Write what is known only when the run is over."""
        if self._lines is not None:
            self._files["trace"].write(self._lines.finish().encode())
        from emu.probes.waves import all_pins, record

        if "vcd" in self._files:
            from emu.probes.vcd import vcd_text

            pins = run.pins or all_pins(run.board)
            self._files["vcd"].write(vcd_text(record(run.board, run.begin, pins)).encode())
        if "wav" in self._files:
            from emu.probes.wav import CHANNELS, wav_bytes

            self._files["wav"].write(wav_bytes(record(run.board, run.begin, CHANNELS)))
        if "plot" in self._files:
            from emu.probes.plot import format_of, plot

            recording = record(run.board, run.begin, run.pins)
            self._files["plot"].write(plot(recording, format_of(self._wishes.plot or ""), run.program.title))

    def keep(self) -> list[str]:
        """Put them in their places; gives their names."""
        for file in self._files.values():
            file.keep()
        return [str(file.path) for file in self._files.values()]

    def _drop(self) -> None:
        for file in self._files.values():
            file.drop()
