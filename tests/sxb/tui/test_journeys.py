# SPDX-License-Identifier: MIT
"""What people do in a session, with the keys that the footer shows and no others."""

from __future__ import annotations

from sxb.tui.picture import State
from sxb.tui.screens.ask import Ask


async def choose(user, name):
    """Among the files, by the arrows."""
    await user.press("Files")
    await user.until(lambda: any(name in one for one in getattr(user.app.screen, "_names", ())))
    names = user.app.screen._names
    await user.keys(*["down"] * next(n for n, one in enumerate(names) if name in one))


async def running(user, name="led_chase"):
    """A program was chosen, loaded and started."""
    await user.until(lambda: user.picture.state is State.PROMPT)
    await choose(user, name)
    await user.press("Load+run")
    await user.until(lambda: user.picture.state is State.RUNNING)


def test_load_watch_stop_and_step_back_over_the_store(journey, project):
    async def walk(user):
        await running(user)
        await user.press("Pins")
        seen = set()
        await user.until(lambda: seen.add(user.picture.leds) or len(seen) >= 4)
        await user.press("Stop")
        await user.until(lambda: user.picture.state is State.STOPPED)
        lit = user.picture.leds
        await user.press("Writer")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C2)
        before = user.picture.leds
        assert before != lit
        await user.press("Step")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C5)
        assert user.picture.leds == lit
        await user.press("Board")
        await user.sees("▶00:00C5")
        await user.press("Back")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C2)
        assert user.picture.leds == before
        await user.sees("led_chase.asm:26  sta PD7")

    journey(walk, port="emu:", folder=project)


def test_the_console_is_the_conversation(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT)
        await user.keys("H")
        await user.sees("load S2-S8 records")
        await user.press("Hex")
        await user.sees("59 0d 3e")
        await user.press("Hex")
        await user.press("Find")
        await user.answer("go to an address")
        await user.press("Clear")
        await user.until(lambda: "READY" not in user.text())

    journey(walk, port="emu:", folder=project)


def test_what_was_typed_is_sent_again(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT)
        await user.press("Again")
        await user.hears("nothing was typed yet")
        await user.keys("H")
        await user.sees("load S2-S8 records")
        await user.until(lambda: user.app.screen._conversation.typed() == ("H",))
        await user.keys("R")
        await user.until(lambda: user.app.screen._conversation.typed() == ("H", "R"))
        await user.press("Clear")
        await user.keys("R")
        await user.until(lambda: user.app.screen._conversation.typed() == ("R",))
        await user.press("Again")
        await user.until(lambda: isinstance(user.app.screen, Ask) and user.app.screen.query("Input"))
        await user.keys("up")
        await user.until(lambda: user.app.screen.query_one("Input").value == "R")
        await user.answer("H")
        await user.sees("load S2-S8 records")

    journey(walk, port="emu:", folder=project)


def test_what_was_found_is_marked_and_the_next_one_after_it(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT)
        pane = user.app.screen.query_one("ConversationPane")
        marked = []
        for _ in range(3):
            await user.press("Find")
            await user.answer("00 00")
            await user.until(lambda: pane.text_selection and pane.text_selection not in marked[-1:])
            marked.append(pane.text_selection)
            assert user.app.screen.get_selected_text() == "00 00"
        assert marked[0] == marked[2] != marked[1]

    journey(walk, port="emu:", folder=project)


def test_poke_and_undo(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT)
        await user.press("Board")
        await user.press("Go")
        await user.answer("$00d8")
        await user.until(lambda: user.picture.memory.address == 0x00D0)
        await user.press("Poke")
        await user.answer("a9 55 00")
        await user.until(lambda: user.picture.memory.data[8:11] == b"\xa9\x55\x00")
        await user.press("Undo")
        await user.until(lambda: user.picture.memory.data[8:11] == bytes(3))
        await user.press("Undo")
        await user.hears("nothing was written")

    journey(walk, port="emu:", folder=project)


def test_edit_a_register(journey, project):
    async def walk(user):
        await running(user)
        await user.press("Stop")
        await user.press("Board")
        await user.press("Reg")
        await user.answer("a=$1234")
        await user.until(lambda: user.picture.registers["a"] == 0x1234)
        await user.press("Reg")
        await user.answer("q=1")
        await user.hears("is not NAME=VALUE")

    journey(walk, port="emu:", folder=project)


def test_break_with_a_condition_and_step_over(journey, project):
    async def walk(user):
        await running(user)
        await user.press("Board")
        await user.press("Break")
        await user.answer("show if a = $20")
        await user.until(lambda: user.picture.state is State.STOPPED)
        assert (user.picture.registers["pc"], user.picture.registers["a"]) == (0x00C2, 0x20)
        await user.sees("●▶00:00C2")
        await user.press("Over")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C5)
        await user.press("To")
        await user.answer("sixteenth")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C8)
        await user.press("Break")
        await user.answer("show")
        await user.until(lambda: not user.picture.breakpoints)

    journey(walk, port="emu:", folder=project)


def test_a_wrong_file_says_where(journey, tmp_path):
    (tmp_path / "wrong.asm").write_text(".65816\n.org 0x00b6\nstart:\n  ldq #1\n")

    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT)
        await choose(user, "wrong")
        await user.press("Load")
        await user.sees("wrong.asm:4:3 error")
        assert user.app.screen.query_one("#source").cursor_location[0] == 3
        assert user.picture.state is State.PROMPT

    journey(walk, port="emu:", folder=tmp_path)


def test_choose_the_board_from_the_list(journey, project):
    async def walk(user):
        await user.sees("virtual board")
        ports = user.app.screen.query_one("#ports")
        names = [name for name, _ in user.app.screen._choices]
        ports.highlighted = 0
        await user.keys(*["down"] * names.index("emu:sxb"), "enter")
        await user.until(lambda: user.picture.state is State.PROMPT)
        assert user.picture.port == "emu:sxb"

    journey(walk, folder=project)


def test_a_port_that_is_not_there_is_said(journey, tmp_path):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.LOST)
        await user.hears("nothing_here")

    journey(walk, port=str(tmp_path / "nothing_here"), folder=tmp_path)


def test_the_console_begins_with_what_the_board_said_when_it_started(journey, project):
    async def walk(user):
        await user.sees("Status Reg")

    journey(walk, port="emu:", folder=project)


def test_step_by_bus_cycles_over_the_store(journey, project):
    async def walk(user):
        await running(user)
        seen = set()
        await user.until(lambda: seen.add(user.picture.leds) or len(seen) >= 3)  # it has stored to PD7
        await user.press("Stop")
        await user.press("Board")
        await user.press("Go")
        await user.answer("PD7")
        await user.until(lambda: user.app.screen._memory.cursor == 0xDF23)
        await user.press("Writer")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C2)
        lit = user.picture.leds
        for count in (1, 2, 3):
            await user.press("Bus")
            await user.until(lambda count=count: len(user.picture.cycles) == count)
            assert user.picture.within
        assert (user.picture.leds, user.picture.registers["pc"]) == (lit, 0x00C2)
        await user.sees("00:00C4 DF -p-r-m--")
        await user.press("Bus")
        await user.until(lambda: user.picture.registers["pc"] == 0x00C5)
        assert user.picture.leds != lit
        assert user.picture.cycles[-1].address == 0xDF23
        await user.press("Bus")
        await user.until(lambda: len(user.picture.cycles) == 1)
        await user.press("Step")
        await user.until(lambda: not user.picture.cycles)
        assert user.picture.registers["pc"] == 0x00C8

    journey(walk, port="emu:", folder=project)


def test_from_memory_to_its_line_of_source(journey, project):
    async def walk(user):
        await running(user)
        await user.press("Stop")
        await user.press("Board")
        await user.press("Src")  # the cursor is at the program's first byte
        await user.until(lambda: user.app.current_mode == "files")
        await user.until(lambda: user.app.screen._source.cursor_location[0] == 14)
        assert user.app.screen._source.text.splitlines()[14].strip().startswith("sei")
        await user.press("Board")
        await user.press("Go")
        await user.answer("$0010")
        await user.until(lambda: user.app.screen._memory.cursor == 0x0010)
        await user.press("Src")
        await user.hears("no line of source made 00:0010")

    journey(walk, port="emu:", folder=project)
