# SPDX-License-Identifier: MIT
"""What `sxb doctor` looks at, one thing after the other, from the cable to the crystal.

A check is a generator step: it yields a `Finding` and goes on while the next thing can be looked at.  Nothing
is changed on the board but two bytes at the ends of external RAM, which are put back, and T4 if the monitor is at
another speed than its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from sxb.errors import SxbError
from sxb.ports import USB, candidates, system_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sxb.client import Monitor
    from sxb.ports import PortInfo
    from sxb.transport import Line

GOOD, NOTE, WRONG = "ok", "note", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is (`GOOD`, `NOTE`, `WRONG`), what was seen, what to try.

    `code` and `exit_code` are those of the error behind something that is wrong, else "" and 0.
    """

    name: str
    state: str
    seen: str
    hint: str = ""
    code: str = ""
    exit_code: int = 0


def examine(
    port: str | None,
    open_port: Callable[[], Line],
    find: Callable[[Line], Monitor],
    present: Callable[[], Sequence[PortInfo]] = system_ports,
) -> Iterator[Finding]:
    """All findings about the board at `port`, named as people name it; ends at the first that bars the rest.

    `open_port` opens it, `find` makes a `Monitor` of the open line and finds its prompt.
    """
    cable = _cable(port, present())
    yield cable
    if cable.state == WRONG:
        return
    try:
        line = open_port()
    except SxbError as error:
        yield _wrong("port", error)
        return
    with line:
        yield Finding("port", GOOD, f"{line.name} is open: it is there, free, and may be opened")
        yield from _driver(line)
        yield from _board(line, find)


CHANGED = "a program has changed T4 and come back to the monitor; if not, press RESET and look again"


def _cable(port: str | None, present: Sequence[PortInfo]) -> Finding:
    if port is not None and not port.lower().startswith(USB):
        device = next((info for info in present if port in (info.device, info.stable)), None)
        seen = f"{device.device}: {device.description}" if device else f"{port} was asked for"
        return Finding("cable", GOOD, seen)
    try:
        devices = candidates(port, present)
    except SxbError as error:
        others = ", ".join(info.device for info in present)
        wrong = _wrong("cable", error)
        return replace(wrong, seen=f"{wrong.seen}; other ports are: {others}") if others else wrong
    described = [f"{info.device} ({info.description})" for info in present if info.device in (devices or ())]
    many = len(described) > 1
    hint = "say which one is the board's: --port" if many else ""
    return Finding("cable", NOTE if many else GOOD, ", ".join(described), hint)


def _driver(line: Line) -> Iterator[Finding]:
    from sxb.latency import advice, latency_ms

    if line.board is not None:
        yield Finding("driver", GOOD, "a virtual board needs none")
        return
    waits = latency_ms(line.name)
    slow = advice(line.name, waits)
    if slow:
        yield Finding("driver", NOTE, "loads will be slower than they could be", slow)
    else:
        told = f"it holds bytes back for {waits} ms" if waits is not None else "it tells of no delay"
        yield Finding("driver", GOOD, told)


def _board(line: Line, find: Callable[[Line], Monitor]) -> Iterator[Finding]:
    try:
        monitor = find(line)
    except SxbError as error:
        yield _wrong("answer", error)
        return
    yield Finding("answer", GOOD, f"the prompt is there at {line.baud} baud")
    if monitor.found_at != line.baud:
        yield Finding(
            "speed", NOTE, f"it was at {monitor.found_at} baud before, and was brought back", CHANGED
        )
    for name, look in (("monitor", _monitor), ("crystal", _crystal), ("memory", _memory)):
        try:
            yield look(monitor)
        except SxbError as error:
            yield _wrong(name, error)
            return


def _monitor(monitor: Monitor) -> Finding:
    version = monitor.version()
    registers = monitor.registers()
    seen = f"version {version.number}, {version.banner[0].strip()}"
    if registers.d or registers.dbr:
        hint = "set them before a program is started: sxb regs d=0 dbr=0"
        return Finding("monitor", NOTE, f"{seen}; D or DBR is not 0, which the monitor needs", hint)
    return Finding("monitor", GOOD, seen)


def _crystal(monitor: Monitor) -> Finding:
    from asm816.target.monitor import CELLS
    from asm816.target.registers import BY_NAME
    from sxb.commands.info import crystal_hz

    crystal = crystal_hz(monitor.read(CELLS["SPEED"], 1)[0])
    timer = monitor.read(BY_NAME["T4LL"].address, 1)[0]
    if crystal is None:
        hint = (
            "look at the crystal: 3.6864 MHz is the usual one; the monitor's baud rate is wrong with others"
        )
        return Finding("crystal", NOTE, "the monitor does not know its frequency", hint)
    baud = crystal / (16 * (timer + 1))
    seen = f"{crystal / 1e6:.4f} MHz by the monitor's measurement, {baud:.0f} baud by T4"
    if abs(baud / monitor.line.baud - 1) > BAUD_OFF:
        return Finding("crystal", NOTE, seen, "the measurement is off: press RESET and look again")
    return Finding("crystal", GOOD, seen)


BAUD_OFF = 0.03
"""A receiver of eight bits reads right up to about 5 % of difference; 3 % leave the other side its share."""


def _memory(monitor: Monitor) -> Finding:
    from sxb.commands.info import which_board

    facts = which_board(monitor)
    ranges = ", ".join(f"{address_text(r.first)}-{address_text(r.last)}" for r in facts.external_ram)
    seen = f"external RAM at {ranges}" if ranges else "no external RAM, only the chip's own"
    return Finding("memory", GOOD, f"{facts.title}: {seen}")


def _wrong(name: str, error: SxbError) -> Finding:
    return Finding(name, WRONG, error.sentence, error.hint, error.code, int(error.exit_code))


def bundle(findings: Sequence[Finding], system: dict[str, str], wire: Sequence[str]) -> bytes:
    """A report to be sent to somebody: findings, the system and what went over the line, as a zip file."""
    import io
    import json
    import zipfile
    from dataclasses import asdict

    report = {"system": system, "findings": [asdict(finding) for finding in findings]}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("report.json", json.dumps(report, indent=1) + "\n")
        file.writestr("line.txt", "".join(f"{row}\n" for row in wire))
    return content.getvalue()
