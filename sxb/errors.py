# SPDX-License-Identifier: MIT
"""The uploader's family of errors: one class per exit code, one maker per cause.

Every maker gives the error its stable code, one sentence (what happened, where) and a hint (what to
try).  Texts live here so that the same cause reads the same wherever it is met.
"""

from __future__ import annotations

from string import hexdigits
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from asm816.errors import ToolError
from asm816.exitcodes import ExitCode
from asm816.target.monitor import BAUD

if TYPE_CHECKING:
    from collections.abc import Sequence


class SxbError(ToolError):
    """What the uploader reports; raise a class below, catch this."""

    exit_code = ExitCode.NOT_THE_MONITOR


class UsageError(SxbError):
    """A value that was asked for makes no sense (a register name, a length)."""

    exit_code = ExitCode.USAGE


class BadInputError(SxbError):
    """A source or a file of settings has errors."""

    exit_code = ExitCode.SOURCE_ERRORS


class FileAccessError(SxbError):
    """A file of ours cannot be read or written."""

    exit_code = ExitCode.FILE_ACCESS


class ProgramFailedError(SxbError):
    """The program on the board did not do what was waited for."""

    exit_code = ExitCode.PROGRAM_FAILED


class NoPortError(SxbError):
    """No port, port busy, or not allowed."""

    exit_code = ExitCode.NO_PORT


class NoAnswerError(SxbError):
    """The board does not answer."""

    exit_code = ExitCode.NO_ANSWER


class NotTheMonitorError(SxbError):
    """Something answers, but not as this monitor."""

    exit_code = ExitCode.NOT_THE_MONITOR


class RefusedByBoardError(SxbError):
    """The board refused data: a line error that retries did not cure, or memory that is not writable."""

    exit_code = ExitCode.REFUSED_BY_BOARD


class VerifyDiffersError(SxbError):
    """What was read back is not what was to be there."""

    exit_code = ExitCode.VERIFY_DIFFERS


class LineLostError(SxbError):
    """The line was lost."""

    exit_code = ExitCode.LINE_LOST


class GuardedError(SxbError):
    """Would overwrite the monitor's own memory or the chip's registers."""

    exit_code = ExitCode.GUARDED


# Ports -------------------------------------------------------------------------------------------


def no_port_found(candidates: Sequence[str]) -> NoPortError:
    """No port was named and none, or more than one, suggests itself."""
    if candidates:
        return NoPortError(
            "S1001",
            f"no port was named and several could be the board: {', '.join(candidates)}",
            "choose one with --port or SXB_PORT",
        )
    return NoPortError(
        "S1001",
        "no port was named and no USB serial port is there",
        "plug the cable in, name the port with --port or SXB_PORT, or try without hardware: --port emu:",
    )


def no_such_port(port: str) -> NoPortError:
    """The named port does not exist."""
    return NoPortError(
        "S1002", f"there is no port {port}", "plug the cable in; `sxb ports` lists what is there"
    )


def port_busy(port: str) -> NoPortError:
    """Another program holds the port."""
    return NoPortError(
        "S1003", f"port {port} is in use by another program", "close the other terminal or upload"
    )


def no_port_free(ports: Sequence[str], first: NoPortError) -> NoPortError:
    """No port was named, and none of those that could be the board's can be opened."""
    return NoPortError(first.code, f"none of {', '.join(ports)} can be opened; {first.sentence}", first.hint)


def port_not_allowed(port: str, group: str = "dialout", is_member: bool = False) -> NoPortError:
    """The user may not open the port; `is_member`: of the group that may, but not since this login."""
    join = f"on Linux join the group {group} (sudo usermod -a -G {group} $USER), then log in again"
    again = f"you are in the group {group}, but not in this session: log out and log in again"
    return NoPortError("S1004", f"no permission to open port {port}", again if is_member else join)


def not_a_port(port: str, why: str) -> NoPortError:
    """The name is of something that is no serial port."""
    return NoPortError("S1005", f"{port} is not a serial port ({why})", "`sxb ports` lists what is there")


def port_failed(port: str, why: str) -> NoPortError:
    """The port cannot be opened for another reason, which the system gives."""
    if "://" in port:
        return NoPortError("S1006", f"cannot open {port}: {why}", "check the URL; is its server running?")
    return NoPortError(
        "S1006", f"cannot open port {port}: {why}", "check the name; `sxb ports` lists what is there"
    )


def line_lost(port: str, why: str) -> LineLostError:
    """The port failed while it was open."""
    return LineLostError(
        "S1501", f"the line to {port} was lost ({why})", "plug the cable in again and repeat the command"
    )


def cannot_set(port: str, what: str, why: str) -> NoPortError:
    """The port has no such line or setting."""
    return NoPortError("S1007", f"cannot set {what} of {port} ({why})", "leave the option away")


# Configuration -----------------------------------------------------------------------------------


def config_unreadable(path: str, why: str) -> FileAccessError:
    """The configuration file is there, but cannot be read."""
    return FileAccessError("S0301", f"cannot read {path}: {why}", "mend its permissions or remove it")


def log_unwritable(path: str, why: str) -> FileAccessError:
    """The file for --log cannot be opened."""
    return FileAccessError("S0302", f"cannot write {path}: {why}", "choose another file for --log")


def bad_project_name(name: str) -> UsageError:
    """A project's name would not do for a folder, a source and a test on every system."""
    return UsageError(
        "S0214",
        f"{name!r} is no name for a project",
        "a letter, then letters, digits, _ and -, 64 at most (like blinker or my_clock)",
    )


def project_exists(path: str) -> FileAccessError:
    """Something of that name is there; it is never touched."""
    return FileAccessError("S0306", f"{path} is there already", "choose another name")


def project_unwritable(path: str, why: str) -> FileAccessError:
    """The folder or a file in it cannot be made."""
    return FileAccessError("S0307", f"cannot make {path}: {why}", "choose a place where you may write")


def log_is_no_journal(path: str) -> FileAccessError:
    """The file for --log holds something else, which stays."""
    return FileAccessError("S0304", f"{path} is there and is no journal", "choose another file for --log")


def journal_unreadable(path: str, why: str) -> FileAccessError:
    """A journal to be replayed cannot be read."""
    return FileAccessError("S0305", f"cannot read {path}: {why}", "name a file that --log wrote")


def no_journal(path: str) -> BadInputError:
    """A file to be replayed is something else."""
    return BadInputError("S0114", f"{path} is no journal", "record one with --log FILE")


def journal_version(path: str, found: object, known: int) -> BadInputError:
    """A journal of a version that we do not read."""
    return BadInputError(
        "S0115",
        f"{path} is a journal of version {found}; this sxb reads version {known}",
        "replay it with the sxb that recorded it: its first line says which",
    )


def journal_damaged(path: str, line: int) -> BadInputError:
    """A line of a journal makes no sense."""
    return BadInputError("S0116", f"{path} is damaged in line {line}", "record it again with --log FILE")


def journal_cut_short(path: str) -> BadInputError:
    """A session without its end: its writer was stopped, or the file is not all of it."""
    return BadInputError(
        "S0117",
        f"the session in {path} is cut short: its end is missing",
        "get the whole file, or replay what is there: --partial, or replay:FILE?partial=1",
    )


def no_session(path: str, number: int, count: int) -> UsageError:
    """A journal has not so many sessions."""
    there = f"it has {count}" if count > 1 else "it has one"
    return UsageError(
        "S0212", f"{path} has no session {number}", f"{there}; sxb replay {path} --show lists them"
    )


def no_pty_for_replay(path: str) -> UsageError:
    """A system without pseudo-terminals."""
    return UsageError(
        "S0213",
        "this system has no pseudo-terminals",
        f"let a command talk to the journal: --port replay:{path}",
    )


def departs(sent: int, seconds: float, recorded: bytes, found: bytes) -> VerifyDiffersError:
    """What is sent to a recorded board is not what was recorded."""
    return VerifyDiffersError(
        "S1403",
        f"the dialogue departs from the recording behind byte {sent}, at {seconds:.3f} s: "
        f"{_excerpt(recorded)} was sent then, {_excerpt(found)} now",
        "a journal answers the command that it was recorded with, on the same input",
    )


def departs_behind_the_end(found: bytes) -> VerifyDiffersError:
    """More is sent to a recorded board than was recorded."""
    return VerifyDiffersError(
        "S1403",
        f"the recording ends here; {_excerpt(found)} was sent behind its end",
        "a journal answers the command that it was recorded with, on the same input",
    )


def left_early(heard: int, wanted: int, said: int, answers: int) -> VerifyDiffersError:
    """The program at a recorded board's line went before the recording was at its end."""
    return VerifyDiffersError(
        "S1404",
        f"the program left before the end of the recording: it sent {heard} of {wanted} bytes "
        f"and was told {said} of {answers}",
        "a journal answers the command that it was recorded with, on the same input",
    )


def part_unusable(path: str, why: str) -> FileAccessError:
    """The part file of a dump cannot be read or written."""
    return FileAccessError("S0303", f"cannot use {path}: {why}", "choose another file for -o")


def part_damaged(path: str, why: str) -> BadInputError:
    """What lies where the part file of a dump would be is not one."""
    return BadInputError(
        "S0113", f"{path} is not the beginning of a ROM dump: {why}", "remove it, or choose another -o"
    )


def other_rom(path: str, address: int) -> VerifyDiffersError:
    """The board's ROM is not the one that a part file was begun with."""
    return VerifyDiffersError(
        "S1402",
        f"{path} was begun on a board with another ROM: it differs in the 256 bytes from {address_text(address)}",
        "remove it to begin anew, or choose another -o",
    )


def config_broken(path: str, why: str) -> BadInputError:
    """The configuration file is no TOML."""
    return BadInputError("S0111", f"{path}: {why}", 'write settings as key = "value", see docs/uploading.md')


def config_key(path: str, key: str, why: str) -> BadInputError:
    """A key of the configuration file is unknown or its value makes no sense."""
    return BadInputError("S0112", f"{path}: {key} {why}", "mend or remove that line")


def no_profile(path: str, name: str, known: Sequence[str]) -> UsageError:
    """A profile was asked for that the configuration file does not have."""
    there = f"there are {', '.join(known)}" if known else f"write one: [profiles.{name}]"
    return UsageError("S0211", f"{path} has no profile {name}", there)


# Programs and symbols ----------------------------------------------------------------------------


def no_symbol(name: str, likely: Sequence[str], *, any_known: bool) -> UsageError:
    """An address was given by a name that no symbol has."""
    if likely:
        hint = f"did you mean {' or '.join(likely)}?"
    elif set(name) <= set(hexdigits):
        hint = f"if it is an address, write 0x{name} or ${name}"
    elif any_known:
        hint = "the symbols are those of the source outside of scopes; upper and lower case differ"
    else:
        hint = "name the file with the symbols: --symbols FILE (the source, or asm816's debug info)"
    return UsageError("S0210", f"there is no symbol {name}", hint)


# Conversation ------------------------------------------------------------------------------------


def no_answer() -> NoAnswerError:
    """Not one byte came back."""
    return NoAnswerError(
        "S1101",
        "the board does not answer",
        "a program may have taken it over: press the reset button and try again (--wait waits for it); "
        "else check power and cable (TX and RX crossed, 9600 baud)",
    )


def hangs(where: str) -> NoAnswerError:
    """It answered before and does not any more, whatever was tried."""
    return NoAnswerError(
        "S1102",
        f"the board stopped answering {where}",
        "press the reset button and repeat the command; check the cable if it comes back",
    )


def keeps_resetting(times: int) -> NoAnswerError:
    """The board started anew again and again in the middle of a load."""
    return NoAnswerError(
        "S1103",
        f"the board was reset {times} times in the middle of the load",
        "check its power supply and the reset line, then repeat the command",
    )


def no_prompt(seen: bytes) -> NotTheMonitorError:
    """Bytes came, but no prompt."""
    return NotTheMonitorError(
        "S1201",
        f"something answers, but not with the monitor's prompt (seen: {_excerpt(seen)}): a program is running",
        "press the reset button and repeat the command, or let --wait wait for it",
    )


def binary_monitor() -> NotTheMonitorError:
    """CC is what WDC's binary monitor of other boards says."""
    return NotTheMonitorError(
        "S1202",
        "a board answers with CC: that is WDC's binary monitor, not the Mensch monitor",
        "sxb talks to boards with a W65C265S (QBX, SXB) only",
    )


def echo_on_line(seen: bytes) -> NotTheMonitorError:
    """What was sent came back as it was."""
    return NotTheMonitorError(
        "S1204",
        f"what is sent comes back unchanged (last: {_excerpt(seen)}): an echo on the line, or a program that echoes",
        "a program that echoes ends by the reset button; a modem or adapter with its echo on, or TX joined to RX, must be put right",
    )


def wrong_speed(seen: bytes) -> NotTheMonitorError:
    """Bytes that are no text."""
    return NotTheMonitorError(
        "S1205",
        f"something answers, but not in text (seen: {_excerpt(seen)}): the speeds of board and port may differ",
        f"press the reset button and repeat the command: then the monitor talks at {BAUD} baud, 8N1, whatever a program set; "
        "else the ground wire is loose",
    )


def stays_at_speed(baud: int) -> NotTheMonitorError:
    """The prompt is at another rate, and T4 cannot be set back."""
    return NotTheMonitorError(
        "S1206",
        f"the monitor talks at {baud} baud, and could not be brought back to {BAUD}: a program has changed T4",
        "press the reset button and repeat the command",
    )


RESET_HELPS = frozenset(("S1101", "S1102", "S1201", "S1204", "S1205", "S1206"))
"""The codes of what the board's RESET button may end."""


def not_this_monitor(what: str, seen: bytes) -> NotTheMonitorError:
    """A prompt, but what only this monitor knows is answered by something else, several times in a row."""
    return NotTheMonitorError(
        "S1203",
        f"there is a prompt, but '{what}' is not answered as the Mensch monitor does (last: {_excerpt(seen)})",
        "is this a board with a W65C265S? if it is, check ground and cable and press the reset button",
    )


def disturbed(what: str, seen: bytes) -> RefusedByBoardError:
    """Answers of the wrong shape, several times in a row, from a board that was known to be one."""
    return RefusedByBoardError(
        "S1305",
        f"the line is disturbed: the answers to '{what}' make no sense (last: {_excerpt(seen)})",
        "check ground and cable, then repeat the command",
    )


def record_refused(first: int, last: int, times: int) -> RefusedByBoardError:
    """The loader said ? to the same record again and again."""
    return RefusedByBoardError(
        "S1301",
        f"the board refused the bytes for {address_text(first)}-{address_text(last)} {times} times",
        "the line is disturbed (check cable and ground), or that memory is not writable",
    )


def not_ram(address: int, wrote: int, found: int) -> RefusedByBoardError:
    """A probe found that an address does not keep what is written."""
    return RefusedByBoardError(
        "S1302",
        f"{address_text(address)} is not RAM (wrote {wrote:02X}, read {found:02X}); nothing was loaded",
        "the QBX has RAM at 00:00B6-00:00FF only, the SXB also at 00:0200-00:7FFF: change .org",
    )


def in_rom(first: int, last: int) -> RefusedByBoardError:
    """The target lies in the mask ROM."""
    return RefusedByBoardError(
        "S1303",
        f"{address_text(first)}-{address_text(last)} lies in the ROM; nothing was sent",
        "programs go to RAM: change .org",
    )


def not_written(address: int, wrote: int, found: int) -> RefusedByBoardError:
    """A byte written through / does not stick."""
    return RefusedByBoardError(
        "S1304",
        f"{address_text(address)} does not keep {wrote:02X} (reads {found:02X})",
        "that memory is not writable, or not there",
    )


def differs(address: int, wanted: int, found: int, count: int) -> VerifyDiffersError:
    """Reading back found `count` differences, the first at `address`."""
    more = f", and {count - 1} more" if count > 1 else ""
    return VerifyDiffersError(
        "S1401",
        f"memory differs at {address_text(address)}: {wanted:02X} wanted, {found:02X} found{more}",
        "load again; if it stays, the program may have changed itself, or the memory is faulty",
    )


def guarded(first: int, last: int, what: str) -> GuardedError:
    """A load or write would touch memory that is not the user's."""
    chip = "registers" in what and "saved" not in what
    return GuardedError(
        "S1602" if chip else "S1601",
        f"{address_text(first)}-{address_text(last)} is {what}; nothing was sent",
        "free on every board is 00:00B6-00:00FF; --force writes all the same",
    )


def after_force(error: SxbError, first: int, last: int, what: str) -> SxbError:
    """A forced load that went wrong: its own doing comes before the line's."""
    place = f"{address_text(first)}-{address_text(last)} ({what})"
    return type(error)(
        error.code,
        f"{error.sentence}; this load, forced over {place}, may have caused that",
        "press the reset button, and load to free memory only: without --force nothing else is overwritten",
    )


def restarted(address: int) -> ProgramFailedError:
    """A called program ended in the reset routine instead of returning."""
    return ProgramFailedError(
        "S0402",
        f"the program at {address_text(address)} did not return: the monitor restarted",
        "a COP, an interrupt or BRK in emulation mode, or a jump into the ROM does that",
    )


def did_not_return(address: int, seconds: float) -> ProgramFailedError:
    """A called program did not come back in time."""
    return ProgramFailedError(
        "S0401",
        f"the program at {address_text(address)} did not return within {seconds:g} s",
        "end it with RTL (D and DBR must be 0), wait longer with --for, or start it with `sxb go`",
    )


def never_came(start: int, places: Sequence[int], seconds: float) -> ProgramFailedError:
    """A program that went on came to none of the places where it was to stop."""
    at = " or ".join(address_text(place) for place in places) or "the monitor"
    return ProgramFailedError(
        "S0404",
        f"the program went on at {address_text(start)} and did not come to {at} within {seconds:g} s",
        "press RESET and load it again: a BRK is left where it was to stop",
    )


def not_said(wanted: bytes, seconds: float, said: bytes) -> ProgramFailedError:
    """A script waited for what did not come."""
    return ProgramFailedError(
        "S0403",
        f"{_excerpt(wanted)} did not come within {seconds:g} s (last: {_excerpt(said)})",
        "wait longer with --within, or look at what comes: sxb term without --expect",
    )


def _excerpt(data: bytes) -> str:
    """The end of `data` fit to be shown in one line."""
    tail = data[-24:]
    shown = "".join(chr(c) if 0x20 <= c < 0x7F else f"<{c:02X}>" for c in tail)
    return f"...{shown}" if len(data) > len(tail) else shown or "nothing"


# The session on screens


def only_virtual(what: str, instead: str) -> UsageError:
    """Something that a real board cannot do."""
    return UsageError("S0701", f"{what} needs the virtual board", instead)


def nothing_to_undo() -> UsageError:
    """No poke is left."""
    return UsageError(
        "S0702", "nothing was written that could be put back", "undo puts back what you wrote here"
    )


def not_understood(why: str) -> UsageError:
    """What the user typed into a field is no value for it."""
    return UsageError("S0703", why, "try again")


def no_program() -> UsageError:
    """There is nothing to start."""
    return UsageError("S0704", "no program was loaded", "choose one among the files first")


def no_line(place: str) -> UsageError:
    """Nothing is known of the source of a byte."""
    return UsageError("S0709", f"no line of source made {place}", "load a program from its source")


def board_runs() -> UsageError:
    """The program has the board, and the monitor cannot be asked."""
    return UsageError(
        "S0705", "the program has the board", "it comes back by BRK or RTL; else press RESET on the board"
    )


def no_step(address: int, why: str) -> UsageError:
    """The instruction there cannot be stepped by breakpoints."""
    return UsageError(
        "S0710",
        f"no step at {address_text(address)}: {why}",
        "set a breakpoint elsewhere, or use --port emu:",
    )


def never_written(name: str, *, by_hand: bool) -> UsageError:
    """No instruction wrote there, as far as the record goes back."""
    what = "was put there from outside" if by_hand else "has not been written since the record begins"
    return UsageError("S0706", f"{name} {what}", "run the program first")


def no_terminal() -> UsageError:
    """Screens need a terminal."""
    return UsageError("S0707", "the screens need a terminal", "use the other commands in scripts")


def no_web() -> UsageError:
    """The library that serves screens to browsers is not installed."""
    return UsageError("S0708", "screens in a browser need textual-serve", "pip install 'mensch816[web]'")


def cannot_serve(host: str, port: int, why: str) -> NoPortError:
    """Nobody can listen at this place."""
    return NoPortError(
        "S1008", f"cannot listen at {host}:{port}: {why}", "choose another port, or 0 for any free one"
    )
