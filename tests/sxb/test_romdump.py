# SPDX-License-Identifier: MIT
"""`sxb dump-rom`: a ROM read, broken off, read on, and used."""

from __future__ import annotations

import hashlib
import json

import pytest

from asm816.target.boards import MASK_ROM
from emu.rom import rom_image
from sxb import errors
from sxb.cli import main
from sxb.client import Monitor
from sxb.romdump import PIECE, PartFile, dump_rom
from sxb.transport import Line

ROM = rom_image("quirks")


@pytest.fixture
def monitor(double, double_port):
    """Connected to a board that answers at once and has the ROM in its place."""
    board = double()
    board.memory[MASK_ROM.first : MASK_ROM.last + 1] = ROM
    return Monitor(Line("double", double_port(board)))


@pytest.fixture
def part(tmp_path):
    return PartFile(tmp_path / "rom.bin")


def nothing_there(count):
    raise AssertionError(f"{count} bytes were there")


def test_a_rom_is_read_byte_by_byte(monitor, part):
    assert dump_rom(monitor, part, nothing_there) == ROM


def test_a_line_that_breaks_costs_one_piece(monitor, part):
    def pull_the_cable(progress):
        if progress.done >= 5 * PIECE:
            raise errors.line_lost("double", "unplugged")

    monitor.progress = pull_the_cable
    with pytest.raises(errors.LineLostError):
        dump_rom(monitor, part, nothing_there)
    assert part.read() == ROM[: 5 * PIECE]

    kept = []
    monitor.progress = None
    assert dump_rom(monitor, part, kept.append) == ROM
    assert kept == [5 * PIECE]


def test_a_part_file_that_was_cut_off_counts_up_to_its_last_whole_piece(part):
    part.write(ROM[: 3 * PIECE])
    text = part.path.read_bytes()
    part.path.write_bytes(text[:-10])
    assert part.read() == ROM[: 2 * PIECE]
    part.path.write_bytes(text[:7])
    assert part.read() == b""


def test_another_boards_rom_is_not_mixed_in(monitor, part):
    part.write(ROM[:PIECE] + bytes(PIECE))
    with pytest.raises(errors.VerifyDiffersError, match=r"another ROM.*00:E100") as error:
        dump_rom(monitor, part, nothing_there)
    assert error.value.code == "S1402"


@pytest.mark.parametrize(
    "content", [b"my diary\n", b"\xff\xfe\n", b"S2140000B60000000000000000000000000000000035\n", b"S1\n"]
)
def test_what_is_no_part_file_stays_as_it_is(monitor, part, content):
    part.path.write_bytes(content)
    with pytest.raises(errors.BadInputError) as error:
        dump_rom(monitor, part, nothing_there)
    assert error.value.code == "S0113"
    assert part.path.read_bytes() == content


def test_the_end_of_a_dump_makes_a_board_boot(part, capsys, tmp_path):
    rom = rom_image("fixed")
    part.write(rom[: 30 * PIECE])
    with part.path.open("a") as file:
        file.write("S2240")  # broken off while it was written
    output = tmp_path / "rom.bin"
    assert main(["dump-rom", "-o", str(output), "--port", "emu:", "--rom", "fixed", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert output.read_bytes() == rom
    assert (result["length"], result["resumed"]) == (8192, 30 * PIECE)
    assert result["sha256"] == hashlib.sha256(rom).hexdigest()
    assert not part.path.exists()

    differing = next(n for n in range(len(ROM)) if rom[n] != ROM[n])
    place = f"0x{MASK_ROM.first + differing:04x}"
    assert main(["read", place, "4", "--port", "emu:sxb", "--rom", str(output), "--json"]) == 0
    read = bytes.fromhex(json.loads(capsys.readouterr().out)["hex"])
    assert read == rom[differing : differing + 4]


def test_a_file_that_cannot_be_written_is_known_before_anything_is_read(capsys, tmp_path):
    assert main(["dump-rom", "-o", str(tmp_path), "--port", "emu:"]) == 3
    assert capsys.readouterr().out == ""


def test_a_file_that_is_no_rom_is_refused(capsys, tmp_path):
    (tmp_path / "x.bin").write_bytes(b"\x80")
    assert main(["regs", "--port", "emu:", "--rom", str(tmp_path / "x.bin")]) != 0
    assert "is not a ROM image" in capsys.readouterr().err
