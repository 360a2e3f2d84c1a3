# SPDX-License-Identifier: MIT
"""What users of the uploader that people had before suffer: one row each, and a test that it is over.

The rows were found by running that tool on a board's monitor and by reading its sources.
"""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import suppress

import pytest

from asm816.hexfile import read_hex
from asm816.srec import read_srec, s2_record
from emu import Board
from sxb import connect, errors, transport
from sxb.cli import main
from sxb.options import FILE
from sxb.ports import PortInfo, candidates
from sxb.transport import Line, LineSettings, open_line

WEAKNESSES = {
    1: "answers are never parsed: a record that the board refused counts as loaded",
    2: "no verify, no progress, no count, no end message, no exit code",
    3: "no look for the prompt before an upload",
    4: "short and refused writes drop bytes without a word",
    5: "with hardware flow control and no CTS everything stops without limit",
    6: "fixed pauses instead of waiting for the answer",
    7: "extended addresses of Intel HEX have no effect",
    8: "S2 records above bank 0 get a wrong checksum",
    9: "checksums and digits of Intel HEX are not checked",
    10: "long records overrun a buffer",
    11: "S3 and S7 end an upload, .s28 .s19 .mot .ihx .bin are refused by their names",
    12: "the program starts at the first record, not at its entry",
    13: "a pulled cable is not noticed",
    14: "two programs may open the port; ports are not listed, the device must be typed",
    15: "nothing is shown until the upload is over",
    16: "files must be found anew each time",
    17: "registers are shown from answers that are too short",
    18: "no log, no scripts, no symbols, no disassembly, no memory edit",
    19: "a pause for each write",
}


@pytest.fixture(scope="module")
def booted():
    board = Board("qbx")
    board.boot()
    return board


@pytest.fixture
def qbx(booted, monkeypatch):
    """A board at its prompt, and the commands on ``emu:`` get it."""
    board = booted.copy()
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked=None: open_line(board))
    return board


@pytest.fixture
def terminal():
    """A pseudo terminal: (descriptor of the board's end, name of the port)."""
    pty = pytest.importorskip("pty")
    board, port = pty.openpty()
    yield board, os.ttyname(port)
    for descriptor in (board, port):
        with suppress(OSError):
            os.close(descriptor)


@pytest.fixture
def hexfile(tmp_path):
    """A program of two bytes that does not come back: here: BRA here."""
    file = tmp_path / "prog.hex"
    file.write_text(":0200B60080FECA\n:00000001FF\n", encoding="ascii")
    return str(file)


@pytest.fixture
def damaged(booted, monkeypatch):
    """A board behind a line that flips a bit in records: returns a function that says in how many."""
    board = booted.copy()
    line = open_line(board)
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked=None: line)
    send = line.write

    def damage(records):
        left = [records]

        def write(data):
            if data.removeprefix(b"S").startswith(b"2") and data.endswith(b"\r") and left[0]:
                left[0] -= 1
                data = data[:-6] + bytes([data[-6] ^ 1]) + data[-5:]  # in the last byte before the checksum
            send(data)

        line.write = write
        return board

    return damage


def test_01_a_refused_record_is_sent_again(damaged, hexfile, capsys):
    board = damaged(1)
    assert main(["load", hexfile, "--port", "emu:", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["resent"] == 1
    assert board.memory[0xB6:0xB8] == b"\x80\xfe"


def test_01_a_record_that_stays_refused_is_an_error_that_names_the_address(damaged, hexfile, capsys):
    damaged(1000)
    assert main(["load", hexfile, "--port", "emu:"]) == 13
    assert "00:00B6" in capsys.readouterr().err


def test_02_verify_progress_count_and_exit_code(qbx, hexfile, capsys, monkeypatch):
    monkeypatch.setattr("sxb.meter.PLAIN_SECONDS", -1.0)
    assert main(["load", hexfile, "--port", "emu:"]) == 0
    out, err = capsys.readouterr()
    assert "loaded 2 bytes in 1 record, verified" in out
    assert "load: 0 of 2 bytes" in err
    qbx.memory[0xB7] ^= 1
    assert main(["verify", hexfile, "--port", "emu:"]) == 14
    assert "00:00B7" in capsys.readouterr().err


@pytest.mark.parametrize(
    "before",
    [b"S", b"S2140000B6", b"M", b"G00", b"F0000B60000", b"T", b"/00:00"],
    ids=lambda typed: typed.decode(),
)
def test_03_the_prompt_is_found_from_any_state(qbx, hexfile, before, capsys):
    qbx.serial(3).send(before)
    qbx.run(seconds=0.2)
    assert main(["load", hexfile, "--port", "emu:"]) == 0, capsys.readouterr().err
    assert qbx.memory[0xB6:0xB8] == b"\x80\xfe"


def test_04_what_a_port_does_not_take_at_once_is_sent_again():
    class Narrow:
        """Stands for a port that takes a few bytes at a time."""

        def __init__(self):
            self.taken = b""

        def write(self, data):
            self.taken += data[:3]
            return min(3, len(data))

    port = Narrow()
    Line("narrow", port).write(bytes(range(256)))
    assert port.taken == bytes(range(256))


def test_05_a_port_that_says_it_took_nothing_is_lost_in_time(monkeypatch):
    class Full:
        """Stands for a port that never blocks and never takes a byte."""

        def write(self, data):
            return 0

    monkeypatch.setattr(transport, "WRITE_SECONDS", 0.2)
    with pytest.raises(errors.LineLostError, match="the port takes nothing more"):
        Line("full", Full()).write(b"S")


@pytest.mark.parametrize("flow", ["none", "rtscts", "xonxoff"])
def test_05_a_port_that_takes_nothing_is_lost_in_time(terminal, monkeypatch, flow):
    """Nobody reads at the other end; the same error as a CTS line that never comes."""
    monkeypatch.setattr(transport, "WRITE_SECONDS", 0.3)
    begin = time.monotonic()
    with open_line(terminal[1], LineSettings(flow)) as line, pytest.raises(errors.LineLostError):
        line.write(bytes(1 << 20))
    assert time.monotonic() - begin < 5


def test_05_cts_is_not_looked_at_unless_asked():
    assert LineSettings().flow == "none"


def test_06_19_nothing_pauses(qbx, hexfile, monkeypatch):
    """The monitor's answers are waited for, on the line's own clock, and nothing else."""

    def pause(_seconds):
        raise AssertionError("a pause")

    monkeypatch.setattr("time.sleep", pause)
    assert main(["load", hexfile, "--port", "emu:"]) == 0
    with connect("emu:") as monitor:
        begin = qbx.seconds
        monitor.registers()
        assert qbx.seconds - begin < 0.1  # 61 characters at 9600 baud are 0.064 s


BANKED = ":020000040001F9\n:01200000AA35\n:020000021000EC\n:01300000BB14\n:00000001FF\n"


def test_07_extended_addresses_count():
    segments = read_hex(BANKED, "f").segments
    assert [(s.address, s.data) for s in segments] == [(0x12000, b"\xaa"), (0x13000, b"\xbb")]


def test_08_the_bank_is_in_the_checksum():
    assert s2_record(0x12000, b"\xaa") == b"S205012000AA2F"
    assert read_srec("S205012000AA2F\nS804000000FB\n", "f").segments[0].address == 0x12000


@pytest.mark.parametrize("line", [":0200B60080FECB", ":0200B60080FXCA", ":0200B60080FE"])
def test_09_a_damaged_hex_file_is_refused_with_its_line(tmp_path, capsys, line):
    file = tmp_path / "prog.hex"
    file.write_text(f":0100C000EA55\n{line}\n:00000001FF\n", encoding="ascii")
    assert main(["load", str(file), "--port", "/dev/nowhere"]) == 1  # before any port is opened
    assert "prog.hex:2: " in capsys.readouterr().err


def test_10_long_records_are_cut_to_what_the_monitor_takes(monkeypatch, tmp_path, capsys):
    board = Board("sxb")
    board.boot()
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked=None: open_line(board))
    data = bytes(range(1, 256))
    file = tmp_path / "prog.hex"
    body = bytes((255, 0x02, 0x00, 0)) + data
    record = body + bytes([-sum(body) & 0xFF])
    file.write_text(f":{record.hex().upper()}\n:00000001FF\n", encoding="ascii")
    assert main(["load", str(file), "--port", "emu:sxb"]) == 0, capsys.readouterr().err
    assert board.memory[0x200:0x2FF] == data


@pytest.mark.parametrize("suffix", [".s28", ".s19", ".mot", ".ihx", ".bin", ".hex", ".srec", ""])
def test_11_files_are_known_by_what_is_in_them(qbx, tmp_path, capsys, suffix):
    content = {
        ".s19": "S10500B680FEC6\nS90300B646\n",
        ".ihx": ":0200B60080FECA\n:00000001FF\n",
        ".hex": ":0200B60080FECA\n:00000001FF\n",
        ".bin": None,
    }.get(suffix, "S2060000B680FEC5\nS8040000B645\n")
    file = tmp_path / f"prog{suffix}"
    file.write_bytes(b"\x80\xfe" if content is None else content.encode())
    name = f"{file}@0x00b6" if content is None else str(file)
    assert main(["load", name, "--port", "emu:", "--json"]) == 0, capsys.readouterr().err
    assert json.loads(capsys.readouterr().out)["bytes"] == 2
    assert qbx.memory[0xB6:0xB8] == b"\x80\xfe"


def test_11_s3_and_s7(qbx, tmp_path, capsys):
    file = tmp_path / "prog.mot"
    file.write_text("S307000000B680FEC4\nS705000000B644\n", encoding="ascii")
    assert main(["load", str(file), "--port", "emu:"]) == 0, capsys.readouterr().err
    assert qbx.memory[0xB6:0xB8] == b"\x80\xfe"


@pytest.mark.parametrize(
    "text",
    [
        ":0400B600EAEA80FEF4\n:04000005000000B83F\n:00000001FF\n",
        "S2080000B6EAEA80FEEF\nS8040000B843\n",
        "S10700B6EAEA80FEF0\nS90300B844\n",
    ],
    ids=["type 05", "S8", "S9"],
)
def test_12_the_program_starts_at_its_entry(qbx, tmp_path, capsys, text):
    file = tmp_path / "prog.hex"
    file.write_text(text, encoding="ascii")
    assert main(["run", str(file), "--port", "emu:", "--for", "10ms", "--json"]) == 0, capsys.readouterr().err
    assert json.loads(capsys.readouterr().out)["start"] == 0xB8


def test_13_a_pulled_cable_is_noticed_and_named(terminal):
    board, name = terminal

    def pull():
        os.read(board, 1)
        os.close(board)

    threading.Thread(target=pull, daemon=True).start()
    with pytest.raises(errors.SxbError) as caught:
        connect(name)
    assert caught.value.exit_code in (errors.LineLostError.exit_code, errors.NoAnswerError.exit_code)
    assert main(["regs", "--port", f"{name}-gone"]) == 10


def test_14_a_port_is_opened_once(terminal, capsys):
    with open_line(terminal[1]):
        assert main(["regs", "--port", terminal[1]]) == 10
    assert "in use" in capsys.readouterr().err


def test_14_ports_are_listed_and_found(capsys, monkeypatch):
    cable = PortInfo("/dev/ttyUSB3", "FT232R USB UART", 0x0403, 0x6001, "A50285BI")
    board = PortInfo("/dev/ttyACM0", "Arduino", 0x2341, 0x0043)
    monkeypatch.setattr("sxb.ports.system_ports", lambda: (cable, board))
    assert main(["ports"]) == 0
    assert "* /dev/ttyUSB3  0403:6001  A50285BI" in capsys.readouterr().out
    assert candidates(None) == candidates("usb:0403:6001") == candidates("usb:A50285BI") == ("/dev/ttyUSB3",)


def test_15_something_is_shown_while_it_loads(qbx, tmp_path, monkeypatch):
    """The progress is told between the records, not at the end."""
    file = tmp_path / "prog.bin"
    file.write_bytes(bytes(range(64)))
    told = []
    heard = qbx.serial(3)
    monkeypatch.setattr("sxb.meter.Meter.__call__", lambda _self, p: told.append((p.done, heard.sent)))
    monkeypatch.setattr(type(heard), "sent", property(lambda self: qbx.cycle), raising=False)
    assert main(["load", f"{file}@0x00b6", "--port", "emu:"]) == 0
    assert [done for done, _ in told] == [0, 64, 0]  # the record, the end record, reading back
    cycles = [cycle for _, cycle in told]
    assert cycles == sorted(set(cycles))


def test_16_the_shell_completes_files_from_where_one_is():
    assert [item.type for item in FILE.shell_complete(None, None, "bli")] == ["file"]


def test_17_a_short_answer_is_no_register(terminal):
    board, name = terminal

    def answer():
        with suppress(OSError):
            while heard := os.read(board, 16):
                os.write(board, b"|  00E3\rREADY\r>" if heard[:1] == b"|" else b"?\rREADY\r>")

    threading.Thread(target=answer, daemon=True).start()
    with pytest.raises(errors.NotTheMonitorError):
        connect(name, timeout=0.05)


def test_17_the_direct_page_register_has_four_digits(qbx, capsys):
    assert main(["regs", "D=0x12", "--port", "emu:"]) == 0
    assert "D 0012" in capsys.readouterr().out


def test_18_log_scripts_symbols_disassembly_memory(qbx, tmp_path, capsys):
    source = tmp_path / "prog.asm"
    source.write_text(".65816\n.org 0x00b6\nspin:\n  bra spin\n", encoding="ascii")
    log = tmp_path / "wire.log"
    assert main(["load", str(source), "--port", "emu:", "-v", "--log", str(log)]) == 0
    dumped = capsys.readouterr().err
    assert " > 32 30 36 30 30" in dumped  # 20600, the record behind its S
    assert main(["replay", str(log), "--show"]) == 0
    assert " > 32 30 36 30 30" in capsys.readouterr().out
    assert main(["regs", "--port", "emu:", "--log", str(tmp_path)]) == 3
    assert main(["dis", "spin", "2", "--symbols", str(source), "--port", "emu:"]) == 0
    assert "spin:\n00:00B6  80 FE        bra spin" in capsys.readouterr().out
    assert main(["write", "spin", "EA", "--symbols", str(source), "--port", "emu:"]) == 0
    assert qbx.memory[0xB6] == 0xEA
    capsys.readouterr()
    assert main(["read", "spin", "1", "--symbols", str(source), "--port", "emu:", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hex"] == "ea"
    with connect("emu:") as monitor:  # and all of it from Python
        assert monitor.read(0xB6, 1) == b"\xea"


def test_every_weakness_has_a_test():
    names = [name.removeprefix("test_").split("_") for name in globals() if name.startswith("test_")]
    tested = {int(part) for parts in names for part in parts if part.isdigit() and len(part) == 2}
    assert tested == set(WEAKNESSES)
