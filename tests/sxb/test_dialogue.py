# SPDX-License-Identifier: MIT
"""The answers below are what WDC's published monitor ROM says when executed."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from sxb import dialogue, errors, notices, speed
from sxb.answers import ANSWERS
from sxb.dialogue import Registers, Version
from sxb.exchange import Reply

READY = b"\rREADY\r>"
END = b"S804000000FB\r"
UNKNOWN_ESC = (b"\x1b", b"\x1b?" + READY)
DUMP = (
    b"\r\rPCntr     Acc    Xreg   Yreg   Stack\r00:2000   00 61  E0 B7  00 00  01 FF  \r"
    b"\r  DirRg  F  DBk\r  00 00  22 00  \r\r\rStatus Reg\rN  V  M  X  D  I  Z  C\r"
    b"0  0  1  0  0  0  1  0  \r"
)
BOOTED = Registers(pc=0xE358, pbr=0, a=0, x=0xE0B7, y=0, s=0x01FF, d=0, p=0x22, dbr=0)
SILENCE = b""
FIRST, SECOND, ZEROS = dialogue.BURSTS


# The prompt --------------------------------------------------------------------------------------


def test_prompt_at_once(play):
    play(dialogue.find_prompt(), [(b"\x1b", b"\x11\x1b?" + READY)])


def test_prompt_behind_a_banner(play):
    play(dialogue.find_prompt(), [(b"\x1b", b"\rBanner\r" + DUMP + b"\r>" + b"\x1b?" + READY)])


def test_prompt_out_of_the_m_command_needs_the_cr(play):
    play(dialogue.find_prompt(), [(b"\x1b", b"\x08?\x08"), (b"\x11\r", READY)])


def test_prompt_out_of_a_broken_off_load(play):
    play(
        dialogue.find_prompt(),
        [(b"\x1b", SILENCE), (b"\x11\r", SILENCE), (FIRST, b""), (END, READY)],
    )


def test_ending_a_broken_off_load_is_told():
    steps = dialogue.find_prompt()
    exchange = next(steps)
    for answer in (b"", b"", b"", READY):
        exchange = steps.send(Reply(answer, complete=bool(answer)))
    assert exchange.notice == notices.HALF_LOAD


def test_prompt_when_the_loader_takes_the_first_end_record_for_something_else(play):
    # Behind a lone S, ESC is taken as a record type, and the S8 record is only counted.
    script = [(b"\x1b", b""), (b"\x11\r", b""), (FIRST, b""), (END, b".0001"), (END, READY)]
    play(dialogue.find_prompt(), script)


def test_prompt_out_of_a_swallowing_loader(play):
    nudges = [(b"\x1b", b""), (b"\x11\r", b"")]
    even = [(FIRST, b"?"), (END, READY)]
    odd = [(FIRST, b""), (END, b""), (SECOND, b"?"), (END, READY)]
    over_rom = [(FIRST, b""), (END, b""), (SECOND, b""), (END, b""), (ZEROS, b"?"), (END, READY)]
    for script in (even, odd, over_rom):
        play(dialogue.find_prompt(), [*nudges, *script])


def _no_prompt(*answers):
    sent = [b"\x1b", b"\x11\r", *(burst for first in dialogue.BURSTS for burst in (first, END))]
    return list(zip_longest(sent, answers, fillvalue=b""))


def test_silence_is_no_answer(play):
    with pytest.raises(errors.NoAnswerError) as caught:
        play(dialogue.find_prompt(), _no_prompt())
    assert caught.value.exit_code == 11
    assert caught.value.code == "S1101"


def test_silence_is_noticed_in_under_five_seconds():
    waited, steps = [], dialogue.find_prompt()

    def in_silence():
        exchange = next(steps)
        while True:
            waited.append(len(exchange.send) * 10 / 9600 + exchange.timeout)
            exchange = steps.send(Reply(b"", complete=False))

    with pytest.raises(errors.NoAnswerError):
        in_silence()
    assert sum(waited) < 4


@pytest.mark.parametrize(
    ("seen", "code", "words"),
    [
        (b"tick tick tock", "S1201", "tick tick tock"),
        (b"\xcc\xcc\xcc", "S1202", "CC"),
        (b"\x1b\r" + FIRST + END, "S1204", "echo"),
        (b"\r\n\x1b\r\nS804000000FB\r\r\nERROR\r\n", "S1204", "echo"),
        (b"\xe0\x1c\x00\xfc\x83", "S1205", "speeds"),
    ],
)
def test_what_answers_without_a_prompt_is_named(seen, code, words):
    error = dialogue.what_answers(seen)
    assert error.exit_code == 12
    assert error.code == code
    assert words in error.sentence


def test_a_board_that_is_just_starting_gets_its_time(play):
    banner = b"\rA ROM Version 2.07\r (C) 1\rAssembled 2\r"
    script = [*_no_prompt(b"", b"", b"", banner), (b"\x1b", DUMP + b"\r>\x1b?" + READY)]
    script.insert(4, (END, b""))
    play(dialogue.find_prompt(), script)


def test_bytes_but_no_prompt(play):
    with pytest.raises(errors.NotTheMonitorError) as caught:
        play(dialogue.find_prompt(), _no_prompt(b"tick ", b"tick ", b"tock"))
    assert "tick tick tock" in caught.value.sentence


def test_an_echo_in_front_of_good_answers_is_named(play):
    echoed = b"| |  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY
    with pytest.raises(errors.NotTheMonitorError) as caught:
        play(
            speed.find(),
            [UNKNOWN_ESC, *[(b"| ", echoed), (b"\x1b", b"\x1b\x1b?" + READY)] * dialogue.ATTEMPTS],
        )
    assert caught.value.code == "S1204"


def test_waiting_for_the_prompt_of_a_board_that_is_reset(play):
    assert play(dialogue.await_prompt(1.0, nudge=False), [(b"", b"\rBanner\r" + DUMP + b"\r>")]) is True
    assert play(dialogue.await_prompt(1.0, nudge=False), [(b"", b"\rBan")]) is False
    assert play(dialogue.await_prompt(1.0, nudge=True), [UNKNOWN_ESC]) is True


# Registers ---------------------------------------------------------------------------------------


def test_read_registers(play):
    line = b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY
    assert play(dialogue.read_registers(), [(b"| ", line)]) == BOOTED


def test_registers_after_the_first_xon(play):
    line = b"\x11|  0000B6 1234 0102 0304 01FF 0000 30 00 " + READY
    registers = play(dialogue.read_registers(), [(b"| ", line)])
    assert registers == Registers(0x00B6, 0, 0x1234, 0x0102, 0x0304, 0x01FF, 0, 0x30, 0)
    assert registers.address == 0x00B6


def test_a_garbled_answer_is_asked_again(play):
    good = b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY
    bad = b"|  00E358 0000 E0B 0000 01FF 0000 22 00 " + READY
    assert play(dialogue.read_registers(), [(b"| ", bad), UNKNOWN_ESC, (b"| ", good)]) == BOOTED


def test_garbled_for_ever_is_not_the_monitor(play):
    with pytest.raises(errors.NotTheMonitorError) as caught:
        play(
            speed.find(),
            [UNKNOWN_ESC, *[(b"| ", b"login: \r>"), (b"\x1b", b"login:\r>")] * dialogue.ATTEMPTS],
        )
    assert caught.value.code == "S1203"
    assert "login" in caught.value.sentence


def test_set_registers_one_by_one_and_read_back(play):
    before = b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY
    after = b"|  0100B6 1234 E0B7 0000 01FF 0000 30 00 " + READY
    script = [
        (b"| ", before),
        (b"|", b"|  "),
        (b"P01:00B6", b"\x06" + READY),
        (b"|", b"|  "),
        (b"A1234", b"\x06" + READY),
        (b"|", b"|  "),
        (b"F30", b"\x06" + READY),
        (b"| ", after),
    ]
    registers = play(dialogue.set_registers({"pc": 0x00B6, "pbr": 1, "a": 0x1234, "p": 0x30}), script)
    assert registers.address == 0x0100B6


def test_a_register_that_did_not_take_is_set_again(play):
    before = b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY
    after = b"|  00E358 1234 E0B7 0000 01FF 0000 22 00 " + READY
    turn = [(b"|", b"|  "), (b"A1234", b"\x06" + READY)]
    script = [(b"| ", before), *turn, (b"| ", before), UNKNOWN_ESC, *turn, (b"| ", after)]
    assert play(dialogue.set_registers({"a": 0x1234}), script).a == 0x1234


def test_nak_is_garbled(play):
    bad = [(b"| ", b"|  \x15" + READY), UNKNOWN_ESC]
    with pytest.raises(errors.RefusedByBoardError) as caught:
        play(dialogue.read_registers(), bad * dialogue.ATTEMPTS)
    assert caught.value.code == "S1305"


@pytest.mark.parametrize("tail", [b"\r>", READY])
def test_register_dump_after_a_return_and_after_r(tail):
    match = ANSWERS["register dump"].search(b"a" + DUMP + b"\r>")
    assert match.start() == 1
    assert dialogue.dumped_registers(match) == Registers(0x2000, 0, 0x61, 0xE0B7, 0, 0x1FF, 0, 0x22, 0)
    assert tail.endswith(b"\r>")


def test_version_from_the_banner(play):
    banner = b"*\rSOME ROM Version 2.07\r (C) someone\rAssembled some day\r>"
    version = play(dialogue.read_version(), [(b"*", banner)])
    assert version == Version("2.07", ("SOME ROM Version 2.07", "(C) someone", "Assembled some day"))


# Running -----------------------------------------------------------------------------------------

QUESTION = (b"G", b"G  \rEnter Address  BB:AAAA ")
CALL_QUESTION = (b"J", b"J  \rEnter Address  BB:AAAA ")
DIGITS = [(b"0", b"0"), (b"0", b"0:"), (b"0", b"0"), (b"0", b"0"), (b"B", b"B")]
AT_RESET = (b"| ", b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY)
AT_START = (b"| ", b"|  0000B6 0000 E0B7 0000 01FF 0000 22 00 " + READY)
SET_PC = [AT_RESET, (b"|", b"|  "), (b"P00:00B6", b"\x06" + READY), AT_START]


def test_go_starts_from_the_saved_pc(play):
    key = play(dialogue.aim_jump(0x00B6), [*SET_PC, QUESTION])
    assert key == b"\r"
    assert play(dialogue.jump(key), [(b"\r", b"\r")]) == b""


def test_a_lost_echo_and_a_lost_key_are_told_apart(play):
    assert play(dialogue.jump(b"\r"), [(b"\r", b""), (b"\x1b", b"")]) == b""  # it runs
    assert play(dialogue.jump(b"\r"), [(b"\r", b""), (b"\x1b", b"\x1b" + READY)]) is None  # it does not
    assert play(dialogue.jump(b"\r"), [(b"\r", b"x"), (b"\x1b", b"yz")]) == b"xyz"


def test_go_sets_the_pc_again_when_it_reads_back_wrong(play):
    off = (b"| ", b"|  0000B7 0000 E0B7 0000 01FF 0000 22 00 " + READY)
    wrong = [*SET_PC[:3], off, (b"\x1b", b"\x1b?" + READY), *SET_PC[1:]]
    assert play(dialogue.aim_jump(0x00B6), [*wrong, QUESTION]) == b"\r"


def test_what_the_program_says_at_once_is_kept(play):
    assert play(dialogue.jump(b"\r"), [(b"\r", b"\r")]) == b""
    steps = dialogue.jump(b"\r")
    next(steps)
    with pytest.raises(StopIteration) as end:
        steps.send(Reply(b"\rb", complete=True))
    assert end.value.value == b"b"


def test_call_sends_each_digit_behind_the_echo_of_the_one_before(play):
    assert play(dialogue.aim_call(0x00B6), [CALL_QUESTION, *DIGITS]) == b"6"


@pytest.mark.parametrize(
    ("at", "echo"),
    [(0, b""), (1, b"0"), (2, b"2"), (4, b"\x15"), (3, b"G\x08")],
    ids=["lost", "no colon", "changed", "NAK", "not a digit"],
)
def test_a_wrong_echo_never_starts_anything(play, at, echo):
    broken = [*DIGITS[:at], (DIGITS[at][0], echo)]
    script = [CALL_QUESTION, *broken, (b"\x1b", b"\x1b" + READY), CALL_QUESTION, *DIGITS]
    assert play(dialogue.aim_call(0x00B6), script) == b"6"


def test_call_returns_output_and_registers(play):
    output, registers = play(dialogue.call(b"0", 1.0), [(b"0", b"0a" + DUMP + b"\r>")])
    assert output == b"a"
    assert registers.a == 0x61


def test_call_that_does_not_return(play):
    assert play(dialogue.call(b"0", 1.0), [(b"0", b"0hello")]) == (b"hello", None)
