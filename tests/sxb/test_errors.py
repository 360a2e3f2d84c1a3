# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from asm816.errors import ToolError
from sxb import errors

MADE = (
    errors.no_port_found([]),
    errors.no_port_found(["a", "b"]),
    errors.no_such_port("p"),
    errors.port_busy("p"),
    errors.port_not_allowed("p"),
    errors.not_a_port("p", "why"),
    errors.port_failed("p", "why"),
    errors.port_failed("socket://p", "why"),
    errors.line_lost("p", "why"),
    errors.no_answer(),
    errors.hangs("here"),
    errors.no_prompt(b"abc"),
    errors.binary_monitor(),
    errors.not_this_monitor("R", b"abc"),
    errors.disturbed("R", b"abc"),
    errors.record_refused(0, 15, 4),
    errors.not_ram(0, 1, 2),
    errors.in_rom(0xE000, 0xE001),
    errors.not_written(0, 1, 2),
    errors.differs(0, 1, 2, 3),
    errors.guarded(0, 1, "the monitor's variables"),
    errors.did_not_return(0, 10),
    errors.no_port_free(["a", "b"], errors.port_busy("a")),
    errors.port_not_allowed("p", "uucp", is_member=True),
    errors.cannot_set("p", "DTR", "why"),
    errors.config_unreadable("f", "why"),
    errors.config_broken("f", "why"),
    errors.log_unwritable("f", "why"),
    errors.config_key("f", "port", "is wrong"),
    errors.no_profile("f", "bench", ()),
    errors.no_profile("f", "bench", ("lab",)),
    errors.no_symbol("blnk", ["blink"], any_known=True),
    errors.no_symbol("blnk", [], any_known=True),
    errors.no_symbol("blnk", [], any_known=False),
)
EXIT_OF_CODE = {
    "S01": 1,
    "S02": 2,
    "S03": 3,
    "S04": 4,
    "S10": 10,
    "S11": 11,
    "S12": 12,
    "S13": 13,
    "S14": 14,
    "S15": 15,
    "S16": 16,
}


@pytest.mark.parametrize("error", MADE, ids=lambda error: error.code)
def test_every_error_says_what_to_try_and_its_code_fits_the_exit(error):
    assert isinstance(error, ToolError)
    assert error.hint
    assert "\n" not in str(error)
    assert EXIT_OF_CODE[error.code[:3]] == error.exit_code


def test_control_characters_of_the_board_are_shown_as_numbers():
    assert "<1B>[2J" in errors.no_prompt(b"\x1b[2J").sentence


def test_registers_have_their_own_code():
    assert errors.guarded(0xDF20, 0xDF20, "the chip's registers").code == "S1602"
    assert errors.guarded(0xDF80, 0xDF80, "the monitor's saved registers and clock").code == "S1601"


def test_what_reset_helps_against_says_so():
    found = (
        errors.no_answer(),
        errors.hangs("there"),
        errors.no_prompt(b"."),
        errors.echo_on_line(b"."),
        errors.wrong_speed(b"."),
        errors.stays_at_speed(1200),
    )
    assert {error.code for error in found} == errors.RESET_HELPS
    assert [error.code for error in found if "reset button" not in error.hint] == []
