# SPDX-License-Identifier: MIT
"""The whole way against virtual boards: monitor ROM in the emulated chip, bits on the emulated wire.

Booting costs seconds, so one booted board of each kind is made and copied.
"""

from __future__ import annotations

import json
import time

import pytest
import serial

from asm816.image import image_of
from emu import Board
from sxb import connect, errors
from sxb.cli import main
from sxb.client import Clock
from sxb.transport import open_line

LEDS_55 = bytes.fromhex("7818FBE220C210A9008D27DFA9558D23DF80FE")
"""SEI, native mode, port 7 as outputs, 55 on the LEDs, then for ever."""

BLINK = bytes.fromhex("78A9008D27DF A9558D23DF A20010CAD0FD A9AA8D23DF A20010CAD0FD 80E8")
"""LEDs 55 and AA in turn, 4096 times DEX / BNE each."""

PRINT_X = bytes.fromhex("A2DEC09BA958224BE0006B")
"""X = Y = C0DE, A = "X", print it by PUT_CHR, RTL."""

STOP = bytes.fromhex("DB")

AT = 0x00B6


@pytest.fixture(scope="module")
def booted_qbx():
    board = Board("qbx")
    board.boot()
    return board


@pytest.fixture(scope="module")
def booted_sxb():
    board = Board("sxb")
    board.boot()
    return board


@pytest.fixture
def qbx(booted_qbx):
    return booted_qbx.copy()


@pytest.fixture
def sxb(booted_sxb):
    return booted_sxb.copy()


def memory(board, address, length):
    return bytes(board.memory[address : address + length])


# The library -------------------------------------------------------------------------------------


def test_load_verify_go(qbx):
    said = []
    with connect(qbx, progress=said.append) as m:
        result = m.load(image_of([(AT, LEDS_55)]))
        assert (result.bytes, result.records, result.resent, result.verified) == (19, 1, 0, True)
        assert 0.3 < result.seconds < 1
        assert memory(qbx, AT, 19) == LEDS_55
        m.go(AT)
        qbx.run(seconds=0.01)
    assert qbx.leds == [True, False] * 4
    assert {progress.phase for progress in said} == {"load", "verify"}
    assert max(progress.done for progress in said) == 18


def test_registers_and_memory(qbx):
    with connect(qbx) as m:
        assert m.registers().x == 0xE0B7
        assert m.set_registers(a=0x1234, pc=0x00B6, p=0x30).address == 0x00B6
        m.write(0x00C0, b"\x01\x02\x03")
        assert m.read(0x00C0, 3) == b"\x01\x02\x03"
        assert m.read(0x00C0, 0) == b""
        assert memory(qbx, 0x00C0, 3) == b"\x01\x02\x03"
        with pytest.raises(errors.UsageError, match="no register q"):
            m.set_registers(q=1)
        with pytest.raises(errors.UsageError, match="does not fit"):
            m.set_registers(p=256)
        with pytest.raises(errors.UsageError):
            m.read(0xFFFFFF, 2)


def test_fill_breakpoint_version_time(qbx):
    with connect(qbx) as m:
        m.fill(0x00C0, 0x20, 0x5A)
        assert memory(qbx, 0x00BF, 0x22) == b"\x00" + b"\x5a" * 0x20 + b"\x00"
        assert m.dump((0x00C0, 4), (0x00DF, 2)) == image_of([(0x00C0, b"ZZZZ"), (0x00DF, b"Z\x00")])
        assert m.breakpoint(0x00C1) == 0x5A
        assert memory(qbx, 0x00C0, 3) == b"\x5a\x00\x5a"
        assert m.version().number == "2.07"
        assert m.set_time(Clock(95, 2, 28, 23, 59, 58)).hour == 23
        assert (m.time().year, m.time().month) == (95, 2)
        with pytest.raises(errors.GuardedError):
            m.fill(0x0000, 0x100, 0)
        for byte in (0x55, 0x00):  # absent memory may read as the byte that it is filled with
            with pytest.raises(errors.RefusedByBoardError):
                m.fill(0x0200, 0x20, byte)  # no RAM there on a QBX


def test_call(qbx):
    with connect(qbx) as m:
        m.load(image_of([(0x00C0, PRINT_X)]))
        result = m.call(0x00C0)
        assert result.output == b"X"
        assert (result.registers.a, result.registers.x, result.registers.y) == (0x58, 0xC0DE, 0xC0DE)
        assert m.registers() == result.registers


def test_a_call_that_restarts_the_monitor_is_no_return(qbx):
    with connect(qbx) as m:
        m.load(image_of([(AT, bytes.fromhex("38 FB 00 00"))]))  # sec; xce; brk: restarts in emulation mode
        with pytest.raises(errors.ProgramFailedError, match="restarted") as caught:
            m.call(AT)
        assert caught.value.exit_code == 4
        assert m.registers().address == 0x00E358


def test_a_call_that_does_not_return(qbx):
    with connect(qbx) as m:
        m.load(image_of([(AT, LEDS_55)]))
        with pytest.raises(errors.ProgramFailedError) as caught:
            m.call(AT, seconds=0.1)
        assert caught.value.exit_code == 4


def test_on_the_qbx_memory_above_01ff_is_refused_and_nothing_is_loaded(qbx):
    with connect(qbx) as m:
        with pytest.raises(errors.RefusedByBoardError) as caught:
            m.load(image_of([(AT, LEDS_55), (0x0200, LEDS_55)]))
        assert caught.value.code == "S1302"
        assert memory(qbx, AT, 19) == bytes(19)
        assert m.registers().pc == 0xE358


def test_on_the_sxb_it_is_ram(sxb):
    image = image_of([(0x0200, bytes(range(1, 20))), (0x7FFF, b"\xea")])
    with connect(sxb) as m:
        assert m.load(image).records == 1  # 18 bytes; the odd ones go through `/`
        m.verify(image)
        sxb.memory[0x0210] = 0xFF
        with pytest.raises(errors.VerifyDiffersError) as caught:
            m.verify(image)
        assert "00:0210: 11 wanted, FF found" in caught.value.sentence


@pytest.mark.parametrize(
    ("address", "error"),
    [(0x0100, errors.GuardedError), (0xDF20, errors.GuardedError), (0xE000, errors.RefusedByBoardError)],
)
def test_guards_send_nothing(qbx, address, error):
    with connect(qbx) as m:
        sent = []
        m.trace = lambda _direction, data: sent.append(data)
        with pytest.raises(error):
            m.load(image_of([(address, b"\x00\x00")]))
        with pytest.raises(error):
            m.write(address, b"\x00")
        assert sent == []


def test_force(qbx):
    with connect(qbx) as m:
        m.load(image_of([(0x0130, b"\x5c\x00\xe0\x00")]), force=True)
        assert memory(qbx, 0x0130, 4) == b"\x5c\x00\xe0\x00"
        m.write(0xDF23, b"\x0f", force=True)


@pytest.mark.parametrize(
    "mess",
    [b"S214002000", b"G00", b"S2G80020001020304037\r", b"\x13"],
    ids=lambda mess: mess.decode("latin-1").strip(),
)
def test_the_prompt_is_found_whatever_was_left_unfinished(sxb, mess):
    line = sxb.serial(3)
    line.send(mess)
    sxb.run(until=lambda: not line.pending)
    sxb.run(seconds=0.05)
    with connect(sxb) as m:
        assert m.registers().x == 0xE0B7


def test_a_stopped_processor_is_no_answer(qbx):
    with connect(qbx) as m:
        m.load(image_of([(AT, STOP * 2)]))
        m.go(AT)
        with pytest.raises(errors.NoAnswerError):
            m.registers()


@pytest.mark.parametrize(("nth", "damage"), [(60, 0x40), (9, 0x01)])
def test_a_damaged_byte_on_the_emulated_wire(qbx, nth, damage):
    image = image_of([(AT, LEDS_55)])
    with connect(qbx) as m:
        port, seen = m.line._port, 0
        write = port.write

        def damaging(data):
            nonlocal seen
            at, seen = nth - seen, seen + len(data)
            if 0 <= at < len(data):
                data = data[:at] + bytes([data[at] ^ damage]) + data[at + 1 :]
            return write(data)

        port.write = damaging
        assert m.load(image).verified
    assert memory(qbx, AT, 19) == LEDS_55


# The URL -----------------------------------------------------------------------------------------


def test_a_fresh_board_has_said_its_banner():
    with open_line("emu:") as line:
        assert line.board.facts.name == "qbx"
        assert line.board.seconds == pytest.approx(1.34, abs=0.01)
        assert line.read(0.1).endswith(b"\r\r>")
        assert line.read(0.1) == b""
        before = line.now()
        line.write(b"\n")
        assert line.read(1.0) == b"\x11"
        assert line.now() - before < 0.01


def test_real_speed_waits_for_the_clock(qbx):
    from sxb.urls.protocol_emu import Serial

    port = Serial.onto(qbx)
    port._real, port.timeout = True, 0.2
    port.reset_input_buffer()
    begin = time.monotonic()
    assert port.read(1) == b""
    assert time.monotonic() - begin > 0.15


def test_pyserial_interface(qbx):
    from sxb.urls.protocol_emu import Serial

    port = Serial.onto(qbx)
    port.timeout = 1.0
    port.read(1000)
    assert port.write(b"\n") == 1
    port.flush()
    assert port.read(1) == b"\x11"
    port.write(b"Z")
    assert port.read_until(b"\r>") == b"Z?\rREADY\r>"
    port.write(b"Z")
    port.timeout = 0
    assert port.read(10) == b""
    port.flush()
    port.reset_input_buffer()
    assert port.in_waiting == 0
    port.close()
    with pytest.raises(serial.PortNotOpenError):
        port.read(1)


# The commands ------------------------------------------------------------------------------------


@pytest.fixture
def emu(monkeypatch, booted_qbx):
    """Commands with ``--port emu:`` find a copy of the booted board."""
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked: open_line(booted_qbx.copy()))


def test_run_shows_what_happened_and_the_waveform(emu, tmp_path, capsys):
    file = tmp_path / "blink.bin"
    file.write_bytes(BLINK)
    assert main(["run", f"{file}@0x00b6", "--port", "emu:", "--for", "60ms"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"read {file}@0x00b6: {len(BLINK)} bytes, 00:00B6-00:00{AT + len(BLINK) - 1:02X}"
    assert lines[1] == "port emu:qbx (virtual board)"
    assert lines[2].startswith(f"loaded {len(BLINK)} bytes in 1 record, verified")
    assert lines[3] == "started at 00:00B6"
    pins = [line for line in lines[4:] if "P7" in line]
    assert len(pins) == 8
    assert all("ms period" in line for line in pins)


def test_run_as_json(emu, tmp_path, capsys):
    file = tmp_path / "leds.bin"
    file.write_bytes(LEDS_55)
    assert main(["run", f"{file}@0x00b6", "--port", "emu:", "--for", "10ms", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["leds"] == [True, False] * 4
    assert result["bytes"] == 19
    assert result["verified"] is True
    assert result["start"] == AT
    assert result["serial"] == ""
    assert len(result["edges"]["P71"]) == 1


def test_run_ends_with_0_at_ctrl_c(emu, tmp_path, capsys, monkeypatch):
    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("sxb.watch.watch", interrupted)
    file = tmp_path / "leds.bin"
    file.write_bytes(LEDS_55)
    assert main(["run", f"{file}@0x00b6", "--port", "emu:"]) == 0
    assert "started at 00:00B6" in capsys.readouterr().out


def test_load_and_its_errors(emu, tmp_path, capsys):
    file = tmp_path / "leds.bin"
    file.write_bytes(LEDS_55)
    assert main(["load", f"{file}@0x00b6", "--port", "emu:", "--no-verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verified"] is False
    assert main(["load", f"{file}@0x0100", "--port", "emu:"]) == 16
    assert main(["load", f"{file}@0x00b0", "--port", "emu:", "--force", "--json"]) == 0
    forced = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (forced["verified"], forced["unproven"]) == (False, 6)
    assert main(["load", f"{file}@0x2000", "--port", "emu:"]) == 13
    assert main(["verify", f"{file}@0x00b6", "--port", "emu:"]) == 14
    assert "Traceback" not in capsys.readouterr().err


def test_read_write_regs_call(emu, tmp_path, capsys):
    out = tmp_path / "out.bin"
    assert main(["write", "0x00b6", "A9", "55", "--port", "emu:"]) == 0
    assert main(["read", "0xe000", "3", "-o", str(out), "--port", "emu:"]) == 0
    assert out.read_bytes()[0] == 0x4C
    assert main(["regs", "A=0x1234", "--port", "emu:", "-v"]) == 0
    said = capsys.readouterr()
    assert "A 1234" in said.out
    assert " > 7c 20 " in said.err
    assert main(["read", "0x00b6", "2", "--port", "emu:"]) == 0
    assert "00:00B6  00 00" in capsys.readouterr().out
    assert main(["regs", "--json", "--port", "emu:"]) == 0
    assert json.loads(capsys.readouterr().out)["registers"]["x"] == 0xE0B7


def test_fill_and_its_guard(emu, capsys):
    assert main(["fill", "0x00b6", "8", "0xEA", "--port", "emu:", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "port": "emu:qbx",
        "address": 0xB6,
        "length": 8,
        "byte": 0xEA,
    }
    assert main(["fill", "0x0000", "8", "0", "--port", "emu:"]) == 16


def test_dis_shows_the_labels_of_a_source(emu, tmp_path, capsys):
    source = tmp_path / "prog.asm"
    source.write_text(".65816\n.org 0xe0b0\nreset:\n  lda.b #1\nset:\n  sta.w 0xdf40\n", encoding="ascii")
    assert main(["dis", "reset", "5", "--symbols", str(source), "--port", "emu:"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "reset:",
        "00:E0B0  A9 01        lda.b #0x01",
        "set:",
        "00:E0B2  8D 40 DF     sta.w 0xdf40",
    ]
    assert main(["dis", "0xe0b0", "6", "--m16", "--port", "emu:", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)["instructions"][0]
    assert first == {
        "address": 0xE0B0,
        "label": None,
        "hex": "a9018d",
        "text": "lda.w #0x8d01",
        "target": None,
    }


def test_info_of_the_mensch(emu, capsys):
    assert main(["info", "--port", "emu:"]) == 0
    out = capsys.readouterr().out
    assert "crystal  3.6864 MHz" in out
    assert "board    Mensch Microcomputer" in out
    assert "free     00:00B6-00:00FF (74 bytes)\n" in out


def test_info_knows_the_sxb_by_its_memory_and_leaves_it_as_it_was(sxb, monkeypatch, capsys):
    sxb.memory[0x0200], sxb.memory[0x7FFF] = 0x12, 0x34
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked: open_line(sxb))
    assert main(["info", "--port", "emu:sxb", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["board"] == "sxb"
    assert values["free"] == [[0xB6, 0xFF], [0x200, 0x7FFF]]
    assert values["version"] == "2.07"
    assert values["clock"].startswith("1993-07-01T12:00:")
    assert (sxb.memory[0x0200], sxb.memory[0x7FFF]) == (0x12, 0x34)


def test_addresses_by_the_symbols_of_the_program(emu, tmp_path, capsys):
    source = tmp_path / "prog.asm"
    source.write_text(".65816\n.org 0x00b6\n  db 0, 0\nhere:\n  rtl\n", encoding="ascii")
    assert main(["run", str(source), "--start", "here", "--for", "10ms", "--port", "emu:", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["start"] == 0xB8
    assert main(["regs", "PC=here", "--symbols", str(source), "--port", "emu:", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["registers"]["pc"] == 0xB8
    assert main(["write", "here", "EA", "--symbols", str(source), "--port", "emu:"]) == 0
    assert "wrote 1 bytes to 00:00B8" in capsys.readouterr().out


def test_everything_fits_into_80_columns(emu, capsys):
    for command in (
        ["info"],
        ["regs"],
        ["read", "0xe000", "40"],
        ["dis", "0xe0b0", "40"],
        ["fill", "0xb6", "4", "0"],
        ["write", "0xb6", "EA"],
    ):
        assert main([*command, "--port", "emu:"]) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_load_changed_sends_only_what_differs(monkeypatch, tmp_path, capsys, qbx):
    monkeypatch.setattr("sxb.client.open_line", lambda _port, _asked: open_line(qbx))
    file = tmp_path / "p.bin"
    file.write_bytes(bytes(range(1, 33)))
    command = ["load", f"{file}@0x00b6", "--port", "emu:", "--changed", "--json"]
    assert main(command) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(command) == 0
    again = json.loads(capsys.readouterr().out)
    assert (first["kept"], again["kept"], again["records"]) == (0, 32, 0)
    assert first["verified"]
    assert again["verified"]
