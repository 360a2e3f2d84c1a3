# SPDX-License-Identifier: MIT
"""The pytest plugin: programs for the 65816 are tested with fixtures, in emulated time.

    @pytest.mark.program("blink.asm")
    def test_it_blinks(board):
        board.run(ms=1000)
        board.led(3).must_toggle_every(ms=250, within="1 %")

Fixtures: `asm`, `board`, `monitor`, `serial`.  Where nobody asks for them nothing of the emulator is loaded.
`docs/testing.md` is the page for users.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from asm816.assembler import Assembly
    from emu.serial_line import SerialLine
    from sxb.client import Monitor
    from sxb.judge.desk import Desk
    from sxb.judge.target import Target

MARKER = "program(source, text=..., board=..., start=..., limit_ms=...)"
_DEFAULT = "emu:qbx"
_ARGUMENTS = ("board", "start", "limit_ms", "text")
_VIRTUAL = "emu:"


class Assemble(Protocol):
    """The fixture `asm`."""

    def __call__(self, source: str | Path, *, board: str = "qbx", **options: Any) -> Assembly:
        """Assemble a file, or a text that has several lines; a program with errors fails the test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our options."""
    group = parser.getgroup("mensch816", "programs for the 65816")
    group.addoption(
        "--board",
        action="append",
        default=[],
        metavar="emu:qbx|emu:sxb|pty|PORT|labgrid:ROLE",
        help="where programs run: a virtual board, a pseudo-terminal, a serial port or a target of --lg-env; "
        "several times for several",
    )
    group.addoption(
        "--asm-cov",
        action="append",
        nargs="?",
        const="term",
        metavar="html[:DIR]|lcov[:FILE]|xml[:FILE]",
        help="show which lines and branches of the programs were executed; several times for several reports",
    )
    group.addoption(
        "--asm-profile",
        nargs="?",
        const="",
        metavar="FILE",
        help="show how many cycles the routines and lines of the programs took, and write it (asm-profile.json)",
    )
    group.addoption(
        "--board-reports",
        default="board-reports",
        metavar="DIR",
        help="where the waves (VCD) and the serial traffic (journal) of failed tests are saved (default: board-reports)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Our marker, what the tests cover, and where their time goes."""
    if config.getoption("--asm-cov"):
        from sxb.judge.coverage_session import CoverageSession

        session = CoverageSession(config)
        config.stash[COVERED] = session
        config.pluginmanager.register(session, "mensch816-coverage")
    if config.getoption("--asm-profile") is not None:
        from sxb.judge.profile_session import ProfileSession

        profiled = ProfileSession(config)
        config.stash[PROFILED] = profiled
        config.pluginmanager.register(profiled, "mensch816-profile")
    config.addinivalue_line(
        "markers", f"{MARKER}: the program that the fixture board runs, a path beside the test"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per board where there are several: by --board, or else by the marker."""
    if "_board_name" not in metafunc.fixturenames:
        return
    asked = list(metafunc.config.getoption("--board"))
    marked = _marked(metafunc.definition)[1].get("board", ())
    belongs = [f"{_VIRTUAL}{name}" for name in ((marked,) if isinstance(marked, str) else marked)]
    places = asked or belongs or [_DEFAULT]
    if len(places) > 1:
        boards = [_on_one_worker(metafunc.config, place) for place in places]
        metafunc.parametrize("_board_name", boards, ids=[_short(place) for place in places], indirect=True)


def _on_one_worker(config: pytest.Config, place: str) -> Any:
    """A board behind a port can be tested by one worker at a time: ``pytest -n 2 --dist loadgroup``."""
    if place.startswith(_VIRTUAL) or place == "pty" or not config.pluginmanager.hasplugin("xdist"):
        return place
    return pytest.param(place, marks=pytest.mark.xdist_group(place))


def _short(place: str) -> str:
    return place.removeprefix(_VIRTUAL)


def _marked(item: pytest.Item | Any) -> tuple[str | None, dict[str, Any]]:
    """What the marker says: the source, and the rest."""
    mark = item.get_closest_marker("program")
    if mark is None:
        return None, {}
    unknown = set(mark.kwargs) - set(_ARGUMENTS)
    if unknown or len(mark.args) > 1:
        what = ", ".join(sorted(unknown)) or "a second source"
        raise pytest.Collector.CollectError(f"the marker program takes no {what}; it is {MARKER}")
    return (mark.args[0] if mark.args else None), dict(mark.kwargs)


# ---------------------------------------------------------------------- fixtures


@pytest.fixture
def _board_name(request: pytest.FixtureRequest) -> str:
    """Where the test runs: ``emu:qbx``, ``emu:sxb`` or a port."""
    chosen = getattr(request, "param", None)
    if chosen is not None:
        place = str(chosen)
    else:
        asked = request.config.getoption("--board")
        marked = _marked(request.node)[1].get("board", ())
        names = (marked,) if isinstance(marked, str) else tuple(marked)
        place = asked[0] if asked else f"{_VIRTUAL}{names[0]}" if names else _DEFAULT
    return place


@pytest.fixture
def asm(request: pytest.FixtureRequest) -> Assemble:
    """Assembles: ``asm("blink.asm")`` beside the test, or ``asm(text)`` with several lines."""

    def build(source: str | Path, *, board: str = "qbx", **options: Any) -> Assembly:
        from asm816.assembler import assemble

        if isinstance(source, str) and "\n" in source:
            return _sound(assemble(text=source, name="<test>", board=board, **options), "the text")
        path = _find(request, source)
        return _sound(assemble(path, board=board, **options), str(source))

    return build


def _find(request: pytest.FixtureRequest, source: str | Path) -> Path:
    """A source named in a test: beside the test's file, or from the root of the tests."""
    folders = (request.path.parent, request.config.rootpath)
    for folder in folders:
        if (folder / source).is_file():
            return folder / source
    looked = " and ".join(str(folder) for folder in folders)
    return pytest.fail(f"there is no {source} in {looked}", pytrace=False)


def _sound(program: Assembly, what: str) -> Assembly:
    if program.ok:
        return program
    from asm816.diagnostics import render

    errors = "\n".join(render(found) for found in program.diagnostics)
    return pytest.fail(f"{what} does not assemble:\n{errors}", pytrace=False)


@pytest.fixture
def board(request: pytest.FixtureRequest, asm: Assemble, _board_name: str) -> Iterator[Target | Desk]:
    """A fresh board at the monitor's prompt, with the program of the marker loaded and started."""
    source, options = _marked(request.node)
    if not _board_name.startswith(_VIRTUAL):
        yield _desk(request, asm, _board_name)
        return
    from sxb.judge.target import Target

    name = _virtual(_board_name, options)
    target = Target.booted(name)
    sessions = [request.config.stash[key] for key in (COVERED, PROFILED) if key in request.config.stash]
    target.limit_ms = options.get("limit_ms")
    request.node.stash[TARGET] = target
    text = options.get("text", source)
    if text is not None:
        program = asm(text, board=name)
        target.take(program)
        for session in sessions:
            session.follow(target, program)
        target.start(options.get("start"))
    yield target
    for session in sessions:
        session.gather()
    del request.node.stash[TARGET]


def _desk(request: pytest.FixtureRequest, asm: Assemble, port: str) -> Desk:
    """A board behind a port, with the program of the marker running."""
    from sxb.judge.desk import Desk

    def unseen(what: str) -> NoReturn:
        pytest.skip(f"board.{what} cannot be had through the port {port}: that needs emu:qbx or emu:sxb")

    source, options = _marked(request.node)
    desk = Desk(request.getfixturevalue("_line"), unseen)
    text = options.get("text", source)
    return desk if text is None else desk.take(asm(text)).start(options.get("start"))


@pytest.fixture
def _line(request: pytest.FixtureRequest, _board_name: str) -> Iterator[Monitor]:
    """The monitor behind a port; of `pty` a board is made there, `labgrid` is asked for its place.

    All that goes over the line is recorded.
    """
    from sxb.client import connect
    from sxb.judge.desk import PTY, behind_pty
    from sxb.judge.traffic import Traffic

    traffic = request.node.stash[TRAFFIC] = Traffic(request.node.nodeid)

    kind, _, name = _board_name.partition(":")
    with ExitStack() as stack:
        if kind == LABGRID:
            connected = stack.enter_context(_at_place(request, name))
            traffic.recorder.follow(connected.line)
        else:
            port = stack.enter_context(behind_pty(name or "qbx")) if kind == PTY else _board_name
            connected = stack.enter_context(connect(port, journal=traffic.recorder))
        yield connected
    del request.node.stash[TRAFFIC]


@contextmanager
def _at_place(request: pytest.FixtureRequest, role: str) -> Iterator[Monitor]:
    """The monitor of a board in a lab; given back after each test, so that the next one begins anew."""
    if not request.config.pluginmanager.hasplugin(LABGRID):
        pytest.fail("labgrid is not in this environment; `make lab` makes one that has it", pytrace=False)
    environment = request.getfixturevalue("env")  # of labgrid's plugin, by --lg-env
    from sxb.lab.driver import driver_of

    driver = driver_of(environment, role)
    try:
        yield driver.monitor
    finally:
        driver.target.deactivate(driver)


LABGRID = "labgrid"
"""A place in a lab is asked for as ``labgrid:ROLE``; so is named labgrid's plugin."""

COVERED = pytest.StashKey[Any]()
"""Where a run keeps what its tests cover."""

PROFILED = pytest.StashKey[Any]()
"""Where a run keeps what its tests took."""

TARGET = pytest.StashKey[Any]()
"""Where a test keeps its board, for the report of its failure."""

TRAFFIC = pytest.StashKey[Any]()
"""Where a test behind a port keeps what went over it."""


def _virtual(place: str, options: dict[str, Any]) -> str:
    """The name of a virtual board; skips a test that cannot be held there."""
    from asm816.target.boards import BOARDS

    marked = options.get("board", ())
    belongs = (marked,) if isinstance(marked, str) else tuple(marked)
    name = _short(place) or "qbx"
    for known in (name, *belongs):
        if known not in BOARDS:
            boards = ", ".join(f"{_VIRTUAL}{board}" for board in BOARDS)
            pytest.fail(f"there is no board '{known}'; the virtual ones are {boards}", pytrace=False)
    if belongs and name not in belongs:
        pytest.skip(f"the program belongs on {' and '.join(belongs)}, not on {name}")
    return name


@pytest.fixture
def monitor(request: pytest.FixtureRequest, _board_name: str) -> Iterator[Monitor]:
    """A connection to the monitor of the board (`sxb.connect`): virtual, through a pseudo-terminal or a port.

    With the fixture `board` in the same test it is that board's own.
    """
    from sxb.client import connect

    if not _board_name.startswith(_VIRTUAL):
        yield request.getfixturevalue("_line")
        return
    shared = request.getfixturevalue("board") if "board" in request.fixturenames else None
    with connect(_board_name if shared is None else shared) as connection:
        yield connection


@pytest.fixture
def serial(board: Target) -> SerialLine:
    """The console of the board: `SerialLine` with `send`, `expect`, `take`; virtual boards only."""
    from sxb.judge.target import CONSOLE_UART

    return board.serial(CONSOLE_UART)


# ---------------------------------------------------------------------- what a failure shows


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test with a board shows what the board did, and saves its waves and its serial traffic."""
    report = yield
    if report.failed and report.when == "call" and TARGET in item.stash:
        from sxb.judge.report import report_of, save

        target = item.stash[TARGET]
        report.sections.append(("board", report_of(target)))
        report.sections.append(_saved(item, lambda folder: save(target, folder, item.nodeid)))
    elif report.failed and report.when != "teardown" and TRAFFIC in item.stash:
        from sxb.judge.report import save_traffic

        traffic = item.stash[TRAFFIC]
        report.sections.append(_saved(item, lambda folder: save_traffic(traffic, folder, item.nodeid)))
    return report


def _saved(item: pytest.Item, save: Callable[[Path], str]) -> tuple[str, str]:
    """The section that says where files went, or why they did not: the failure itself is shown all the same."""
    from asm816.errors import ToolError

    try:
        return "saved", save(item.config.rootpath / item.config.getoption("--board-reports"))
    except (ToolError, OSError) as error:
        return "not saved", str(error)
