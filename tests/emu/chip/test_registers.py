# SPDX-License-Identifier: MIT
"""Every register, every bit: what it is after reset, and what it does.

`EFFECTS` has a check for each bit of the table and for each register that is a number; a check is
called with the chip and the row.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise

import pytest

from asm816.target.boards import SXB
from asm816.target.interrupts import ABORT, MASKABLE, NMI, SOURCE
from asm816.target.registers import BITS, BY_NAME, REGISTERS
from asm816.target.selects import SELECTS
from emu.chip.timers import FCLK_DIVISOR
from emu.cpu.bus import NEVER, VPB

EFFECTS = {}
VECTOR = {(source.enable, source.bit): source.native_vector for source in MASKABLE}


def effect(*rows: str):
    """The function checks these rows: REGISTER_BIT, or the name of a register that is a number."""

    def register(check):
        for row in rows:
            assert row not in EFFECTS, f"{row} has two checks"
            EFFECTS[row] = check
        return check

    return register


def rows_of(*registers: str) -> list[str]:
    return [bit.full_name for name in registers for bit in BY_NAME[name].bits]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_reset_value(idle, register):
    for other in REGISTERS:
        if other.name not in ("SSCR", "BCR", "TER"):
            idle.write(other.name, 0xFF)
    idle.write("BCR", 0xEF)
    if register.name == "TER":
        idle.write("TER", 0xFF)
    idle.chip.reset()
    inputs = register.name in {f"PD{port}" for port in range(7)}  # latch 00, but all pins are inputs
    counts = register.name[0] == "T" and register.name[1].isdigit()  # what they held (assumed)
    expected = 0xFF if inputs or counts else register.reset
    assert idle.read(register.name) == expected
    if inputs:
        idle.write(register.name.replace("PD", "PDD"), 0xFF)
        assert idle.read(register.name) == register.reset


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_at_power_on_every_register_has_its_reset_value(register, idle_chip):
    idle = idle_chip(start=False)
    inputs = register.name in {f"PD{port}" for port in range(7)}
    assert idle.read(register.name) == (0xFF if inputs else register.reset)


@pytest.mark.parametrize("bit", BITS, ids=lambda b: b.full_name)
def test_each_bit_has_its_effect(idle_sxb, bit):
    assert bit.modelled
    EFFECTS[bit.full_name](idle_sxb, bit)


@pytest.mark.parametrize("register", [r for r in REGISTERS if not r.bits], ids=lambda r: r.name)
def test_each_number_has_its_effect(idle_sxb, register):
    assert register.modelled
    EFFECTS[register.name](idle_sxb, register)


def test_there_is_a_check_for_every_row_and_none_for_nothing():
    numbers = {register.name for register in REGISTERS if not register.bits}
    assert set(EFFECTS) == {bit.full_name for bit in BITS} | numbers


def test_no_check_is_a_stub():
    for check in set(EFFECTS.values()):
        tree = ast.parse(textwrap.dedent(inspect.getsource(check)))
        asserted = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        assert asserted, check.__name__
        assert not any(isinstance(node.test, ast.Constant) for node in asserted), check.__name__


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_bits_are_numbered_from_zero_and_make_up_the_register(register):
    if register.bits:
        assert [bit.number for bit in register.bits] == list(range(8))
        assert sum(bit.reset << bit.number for bit in register.bits) == register.reset
        assert len({bit.name for bit in register.bits}) == 8


# ---------------------------------------------------------------------- ports


@effect(*rows_of(*(f"PD{port}" for port in range(7))))
def a_data_bit_drives_an_output_and_reads_an_input(idle, bit):
    port = bit.register[2]
    pin = idle.pin(f"P{port}{bit.number}")
    idle.write(f"PDD{port}", bit.mask)
    idle.write(bit.register, bit.mask)
    assert (pin.level, idle.read(bit.register)) == (1, 0xFF)
    idle.write(bit.register, 0xFF ^ bit.mask)
    assert (pin.level, idle.read(bit.register)) == (0, 0xFF ^ bit.mask)
    idle.write(f"PDD{port}", 0x00)
    assert pin.level == 1  # pulled up
    idle.drive(pin.name, 0)
    idle.write(bit.register, 0xFF)
    assert (pin.level, idle.read(bit.register)) == (0, 0xFF ^ bit.mask)


@effect(*rows_of(*(f"PDD{port}" for port in range(7))))
def a_direction_bit_makes_an_output(idle, bit):
    port = bit.register[3]
    pin = idle.pin(f"P{port}{bit.number}")
    idle.write(f"PD{port}", 0x00)
    before = pin.level
    idle.write(bit.register, bit.mask)
    assert (before, pin.level, idle.read(bit.register)) == (1, 0, bit.mask)
    assert [p.level for p in idle.pins_of(int(port))].count(0) == 1


@effect(*rows_of("PD7"))
def a_bit_of_port_7_is_a_pin(idle, bit):
    idle.write("PCS7", 0x00)
    for value in (bit.mask, 0xFF ^ bit.mask):
        idle.write("PD7", value)
        assert [pin.level for pin in idle.pins_of(7)] == [value >> n & 1 for n in range(8)]
        assert idle.read("PD7") == value


WHERE = {number: (area.first, area.last) for number, area in SELECTS} | {
    2: (0x0000, 0x01FF),
    5: (0x010000, 0x3FFFFF),
}


@effect(*rows_of("PCS7"))
def a_select_bit_makes_a_pin_go_low_for_its_range(idle, bit):
    pin = idle.pin(f"P7{bit.number}")
    idle.write("BCR", 0x01)
    idle.write("PD7", 0x00)
    assert pin.level == 0
    idle.write("PCS7", bit.mask)
    assert (pin.level, idle.read("PD7")) == (1, 0x00)
    idle.chip.show_bus(True)
    for address in WHERE[bit.number]:
        pin.forget()
        idle.look(address)
        end = idle.core.clock
        idle.pass_cycles(5)
        assert pin.edges == [(end - 1, 0), (end, 1)]
    pin.forget()
    elsewhere = 0xDF28 if bit.number != 2 else 0x400000
    idle.look(elsewhere)
    idle.pass_cycles(5)
    assert pin.edges == []


# ---------------------------------------------------------------------- BCR


@effect("BCR_BUS")
def the_bus_takes_ports_0_to_3_and_opens_the_way_out(idle, bit):
    for port in range(4):
        idle.write(f"PDD{port}", 0xFF)
        idle.write(f"PD{port}", 0x00)
    idle.write("PCS7", 0x08)
    idle.put(0x2000, 0x5A)
    idle.put(0x0000, 0x00)
    assert idle.look(0x2000) == 0x00
    assert {pin.level for port in range(4) for pin in idle.pins_of(port)} == {0}
    idle.write("BCR", bit.mask)
    assert {pin.level for port in range(4) for pin in idle.pins_of(port)} == {1}
    idle.put(0x2000, 0x5A)
    idle.put(0x0000, 0x00)
    assert idle.look(0x2000) == 0x5A


@effect("BCR_TG0", "BCR_TG1")
def a_tone_bit_starts_a_wave_of_16_timer_periods(idle, bit):
    number = bit.number - 1
    timer, pin = 5 + number, idle.pin(f"TG{number}")
    idle.timer(timer, 99)
    idle.write("TER", 1 << timer)
    idle.pass_cycles(3000)
    assert pin.edges == []
    idle.write("BCR", bit.mask)
    idle.pass_cycles(5 * 1600)
    rises = [clock for clock, level in pin.edges if level][1:]
    falls = [clock for clock, level in pin.edges if not level]
    assert {b - a for a, b in pairwise(rises)} == {1600}
    assert {b - a for a, b in pairwise(falls)} == {1600}
    assert rises[0] - falls[0] == 800
    idle.write("BCR", 0x00)
    assert pin.level == 0


@effect("BCR_ICE")
def ice_shows_accesses_on_the_chip(idle, bit):
    def shown(bcr):
        idle.write("BCR", bcr)
        idle.chip.show_bus(True)
        idle.put(0x0123, 0x5A)
        return [sum(pin.level << n for n, pin in enumerate(idle.pins_of(port))) for port in range(4)]

    assert shown(0x01) == [0xFF, 0xFF, 0xFF, 0xFF]
    assert shown(0x01 | bit.mask) == [0x23, 0x01, 0x5A, 0x00]


@effect("BCR_WATCHDOG")
def the_watchdog_resets_when_t0_runs_out(idle, bit):
    idle.write("BCR", bit.mask)
    idle.timer(0, 1000)
    idle.write("TER", 0x01)
    for _ in range(5):
        idle.pass_cycles(900)
        assert idle.read("BCR") == bit.mask
        idle.write("T0CH", 1000 >> 8)  # kept alive
    idle.pass_cycles(1001 + 3)
    assert (idle.read("BCR"), idle.read("SSCR"), idle.read("TER")) == (0x00, 0x00, 0x00)


def pulled(idle, cycles=30):
    """The vectors that the core fetches in the next cycles."""
    found = []
    idle.core.watcher = lambda address, value, kind: found.append(address) if kind & VPB else None
    idle.core.watched = 1
    idle.core.e = 0
    idle.core.waiting = 0
    idle.core.run(idle.core.clock + cycles)
    idle.core.watched = 0
    return found


@effect("BCR_ABORT", "BCR_NMI")
def p40_is_abort_or_nmi(idle, bit):
    vector = {"ABORT": ABORT, "NMI": NMI}[bit.name].native_vector
    idle.drive("P40", 0)
    idle.drive("P40", 1)
    assert pulled(idle) == []
    idle.write("BCR", bit.mask)
    idle.drive("P40", 0)
    assert pulled(idle) == [vector, vector + 1]  # once per edge
    idle.drive("P40", 1)
    assert pulled(idle) == []


@effect("BCR_EXTERNAL_ROM")
def the_rom_goes_and_what_select_4_brings_comes(idle, bit):
    assert idle.look(0xE000) == 0xCB
    idle.write("BCR", 0x01 | bit.mask)
    idle.put(0x0000, 0x12)
    assert idle.look(0xE000) == 0x12
    assert idle.look(0xFFFF) == 0x12
    assert idle.chip.memory_map.owner(0xE000) == 9
    idle.write("PCS7", 0x10)
    assert idle.chip.memory_map.owner(0xE000) == 4


# ---------------------------------------------------------------------- SSCR


def ticks_of(idle, address, count=4):
    """Ticks that `count` reads of an address take."""
    start = idle.chip.schedule.now()
    for _ in range(count):
        idle.look(address)
    return idle.chip.schedule.now() - start


@effect("SSCR_FCLK_ON")
def fclk_stands_while_its_bit_is_zero(idle, bit):
    idle.timer(3, 0xFFFF)
    idle.write("TER", 0x08)
    idle.write("SSCR", 0xF8)
    first = idle.counter(3)
    idle.pass_cycles(50)
    assert idle.counter(3) == first
    idle.write("SSCR", 0xF8 | bit.mask)
    start = idle.chip.schedule.now()
    idle.pass_cycles(8)
    counted = first - idle.counter(3)
    assert abs(counted - (idle.chip.schedule.now() - start) // 2) <= 1
    assert counted > 900


@effect("SSCR_PHI2_FCLK")
def phi2_is_fclk_or_clk(idle, bit):
    idle.write("SSCR", 0xF9)
    assert ticks_of(idle, 0x0000) == 4 * 225
    idle.write("SSCR", 0xF9 | bit.mask)
    assert ticks_of(idle, 0x0000) == 4 * 2


@effect("SSCR_EXTERNAL_RAM")
def the_low_ram_is_external(idle, bit):
    idle.write("BCR", 0x01)
    idle.write("PCS7", 0x08)
    idle.put(0x0010, 0x11)
    idle.write("SSCR", 0xFB | bit.mask)
    idle.put(0x0010, 0x22)
    idle.put(0x2000, 0x33)
    assert idle.look(0x0010) == 0x22
    idle.write("SSCR", 0xFB)
    assert idle.look(0x0010) == 0x11
    idle.write("SSCR", 0xFB | bit.mask)
    idle.write("PCS7", 0x00)
    idle.put(0x0010, 0x44)
    idle.write("PCS7", 0x08)
    assert idle.look(0x0010) == 0x22


@effect(*(f"SSCR_FAST_{name}" for name in ("SYSTEM", "CS4", "CS5", "CS6", "CS7")))
def what_is_not_fast_takes_four_periods(idle, bit):
    places = {
        "SYSTEM": [0x0000, 0xDF28, 0xDF80, 0xE000, 0x2000],
        "CS4": [0x8000],
        "CS5": [0x010000],
        "CS6": [0x400000],
        "CS7": [0xC00000],
    }
    idle.write("BCR", 0x01)
    idle.write("PCS7", 0xFB)
    own = bit.name.removeprefix("FAST_")
    for value, slow in ((0xFB & ~bit.mask, True), (0x03 | bit.mask, False)):
        idle.write("SSCR", value)
        for name, addresses in places.items():
            for address in addresses:
                assert ticks_of(idle, address) == 4 * 2 * (4 if (name == own) is slow else 1), (name, value)


# ---------------------------------------------------------------------- TCR


@effect("TCR_T4_FROM_P60")
def t4_counts_falling_edges_of_p60(idle, bit):
    idle.write("TCR", bit.mask)
    idle.timer(4, 5)
    idle.write("TER", 0x10)
    seen = []
    for _ in range(8):
        idle.drive("P60", 0)
        seen.append(idle.counter(4))
        idle.drive("P60", 1)
        idle.pass_cycles(100)
    assert seen == [4, 3, 2, 1, 0, 5, 4, 3]
    assert idle.read("TIFR") & 0x10
    idle.write("TCR", 0x00)
    assert idle.counter(4) == 1  # FCLK again, two cycles


@effect("TCR_T4_ON_P61")
def p61_changes_at_each_underflow_of_t4(idle, bit):
    pin = idle.pin("P61")
    idle.timer(4, 124)
    idle.write("TER", 0x10)
    idle.pass_cycles(1000)
    assert pin.edges == []
    idle.write("TCR", bit.mask)
    idle.pass_cycles(1000)
    clocks = [clock for clock, _ in pin.edges]
    assert len(clocks) == 8
    assert {b - a for a, b in pairwise(clocks)} == {125}
    idle.write("PDD6", 0x02)
    idle.write("TCR", 0x00)
    assert pin.level == 0  # port 6 again


@effect("TCR_PWM_RISING", "TCR_PWM_FALLING")
def t7_measures_at_the_chosen_edges_of_p62(idle, bit):
    idle.write("TCR", bit.mask)
    idle.timer(7, 0x1234)
    idle.write("TER", 0x80)
    chosen = int(bit.name == "PWM_RISING")
    idle.drive("P62", 1 - chosen)
    idle.write("EIFR", 0xFF)
    idle.drive("P62", chosen)
    start = idle.core.clock
    assert idle.read("EIFR") & 0x08
    idle.write("EIFR", 0x08)
    idle.pass_cycles(300)
    idle.drive("P62", 1 - chosen)
    assert not idle.read("EIFR") & 0x08
    idle.pass_cycles(200)
    idle.drive("P62", chosen)
    assert idle.read("EIFR") & 0x08
    taken = idle.core.clock - 1 - start
    assert idle.read("T7LL") | idle.read("T7LH") << 8 == 0xFFFF - taken


@effect("TCR_U0_T4", "TCR_U1_T4", "TCR_U2_T4", "TCR_U3_T4")
def a_uart_takes_its_baud_rate_from_t3_or_t4(idle, bit):
    n = bit.number - 4
    idle.timer(3, 5)
    idle.timer(4, 11)
    idle.write("TER", 0x18)
    idle.write(f"ACSR{n}", 0x05)
    pin = idle.pin(f"P6{2 * n + 1}")
    lengths = []
    for value in (0x00, bit.mask):
        idle.write("TCR", value)
        pin.forget()
        idle.write(f"ARTD{n}", 0x55)
        idle.pass_cycles(3000)
        lengths.append({b[0] - a[0] for a, b in pairwise(pin.edges)})
    assert lengths == [{16 * 6}, {16 * 12}]


# ---------------------------------------------------------------------- timers with flags and enables


def flagged_timer(idle, n):
    """Timer n runs into its flag."""
    idle.timer(n, 3)
    idle.write("TER", 1 << n)
    idle.pass_cycles(4 * (FCLK_DIVISOR[n] or 113) + 16 * 113)
    return idle.read("TIFR")


@effect(*rows_of("TER"))
def an_enabled_timer_counts(idle, bit):
    n = bit.number
    idle.timer(n, 0x4000)
    idle.pass_cycles(500)
    assert idle.counter(n) == 0x4000
    idle.write("TER", bit.mask)
    idle.pass_cycles(500)
    count = idle.counter(n)
    assert count < 0x4000
    assert idle.read("TER") == bit.mask
    idle.write("TER", 0xFF ^ bit.mask)
    count = idle.counter(n)
    idle.pass_cycles(500)
    assert idle.counter(n) == count


@effect(*rows_of("TIFR"))
def an_underflow_is_flagged_until_a_one_is_written(idle, bit):
    assert flagged_timer(idle, bit.number) == bit.mask
    idle.write("TER", 0x00)
    idle.write("TIFR", 0xFF ^ bit.mask)
    assert idle.read("TIFR") == bit.mask
    idle.write("TIFR", bit.mask)
    assert idle.read("TIFR") == 0


@effect(*rows_of("TIER"))
def a_flagged_timer_interrupts_where_it_is_enabled(idle, bit):
    assert flagged_timer(idle, bit.number) == bit.mask
    idle.write("TIER", 0xFF ^ bit.mask)
    assert idle.core.irq_since == NEVER
    idle.write("TIER", bit.mask)
    assert idle.core.irq_since == idle.core.clock
    assert (idle.read("TIER"), idle.core.irq_native) == (bit.mask, VECTOR["TIER", bit.number])


# ---------------------------------------------------------------------- edges


def ask(idle, name):
    """Let an edge source ask."""
    pin = "P62" if name == "PWM" else "P41" if name == "IRQ" else f"P{name[2:]}"
    if name == "PIB":
        idle.write("PIBER", 0x83)
        idle.chip.parallel.host_write(7, 0x01)
        return
    if name == "PWM":
        idle.write("TCR", 0x0C)
    rising = name.startswith("PE")
    idle.drive(pin, int(not rising))
    idle.write("EIFR", 0xFF)
    idle.drive(pin, int(rising))


@effect(*rows_of("EIFR"))
def an_edge_is_flagged_until_a_one_is_written(idle, bit):
    assert idle.read("EIFR") == 0
    ask(idle, bit.name)
    assert idle.read("EIFR") == bit.mask
    idle.write("EIFR", 0xFF ^ bit.mask)
    assert idle.read("EIFR") == bit.mask
    if bit.name == "IRQ":
        idle.write("EIFR", bit.mask)
        assert idle.read("EIFR") == bit.mask  # a level: only the pin takes it away
        idle.drive("P41", 1)
    else:
        idle.write("EIFR", bit.mask)
    assert idle.read("EIFR") == 0


@effect(*rows_of("EIER"))
def a_flagged_edge_interrupts_where_it_is_enabled(idle, bit):
    ask(idle, bit.name)
    idle.write("EIER", 0xFF ^ bit.mask)
    assert idle.core.irq_since == NEVER
    idle.write("EIER", bit.mask)
    assert idle.core.irq_since == idle.core.clock
    assert (idle.read("EIER"), idle.core.irq_native) == (bit.mask, SOURCE[bit.name].native_vector)


# ---------------------------------------------------------------------- UARTs


def talk(idle, n):
    """UART n sends to itself: its pins are joined outside."""
    idle.timer(3, 1)
    idle.write("TER", 0x08)
    idle.join(f"P6{2 * n + 1}", f"P6{2 * n}")
    idle.write(f"ACSR{n}", 0x25)


def uart_of(bit):
    return int(bit.name[1])


@effect(*(name for name in rows_of("UIFR") if name.endswith("RX")))
def a_received_character_is_flagged_until_it_is_read_or_a_one_is_written(idle, bit):
    n = uart_of(bit)
    talk(idle, n)
    for clear in (lambda: idle.read(f"ARTD{n}"), lambda: idle.write("UIFR", bit.mask)):
        assert not idle.read("UIFR") & bit.mask
        idle.write(f"ARTD{n}", 0x41)
        idle.pass_cycles(330)
        idle.write("UIFR", 0xFF ^ bit.mask)
        assert idle.read("UIFR") & bit.mask
        clear()
    assert not idle.read("UIFR") & bit.mask


@effect(*(name for name in rows_of("UIFR") if name.endswith("TX")))
def an_empty_transmitter_is_flagged(idle, bit):
    n = uart_of(bit)
    assert not idle.read("UIFR") & bit.mask
    talk(idle, n)
    idle.write("UIFR", 0xFF)
    assert idle.read("UIFR") == bit.mask
    idle.write(f"ARTD{n}", 0x41)
    idle.write(f"ARTD{n}", 0x42)
    assert not idle.read("UIFR") & bit.mask
    idle.write(f"ACSR{n}", 0x24)
    assert not idle.read("UIFR") & bit.mask


@effect(*rows_of("UIER"))
def a_flagged_uart_interrupts_where_it_is_enabled(idle, bit):
    n = uart_of(bit)
    talk(idle, n)
    idle.write(f"ARTD{n}", 0x41)
    idle.pass_cycles(330)
    idle.write("UIER", 0xFF ^ 3 << 2 * n)
    assert idle.core.irq_since == NEVER
    idle.write("UIER", bit.mask)
    assert idle.core.irq_since == idle.core.clock
    assert (idle.read("UIER"), idle.core.irq_native) == (bit.mask, VECTOR["UIER", bit.number])


def bits_named(name):
    return [f"ACSR{n}_{name}" for n in range(4)]


def frame_on(idle, n, acsr, value):
    """The levels that UART n puts on its pin, a bit time each, start and stop included."""
    idle.timer(3, 1)
    idle.write("TER", 0x08)
    idle.write(f"ACSR{n}", acsr)
    pin = idle.pin(f"P6{2 * n + 1}")
    idle.pass_cycles(100)
    idle.write(f"ARTD{n}", value)
    start = idle.core.clock
    idle.pass_cycles(500)
    return [pin.level_at(start + 32 * position + 16) for position in range(13)]


@effect(*bits_named("TX_ON"))
def the_transmitter_takes_its_pin(idle, bit):
    n = int(bit.register[4])
    pin = idle.pin(f"P6{2 * n + 1}")
    idle.write("PDD6", 0xFF)
    idle.write("PD6", 0x00)
    assert pin.level == 0
    idle.write(bit.register, bit.mask)
    assert (pin.level, idle.read(bit.register)) == (1, bit.mask)
    idle.write(bit.register, 0x00)
    assert pin.level == 0


@effect(*bits_named("TX_WHEN_IDLE"))
def the_transmit_flag_waits_for_the_shift_register(idle, bit):
    n = int(bit.register[4])
    flag = 2 << 2 * n
    idle.timer(3, 1)
    idle.write("TER", 0x08)
    for extra, expected in ((0, flag), (bit.mask, 0)):
        idle.write(bit.register, 0x05 | extra)
        idle.write(f"ARTD{n}", 0x41)
        assert idle.read("UIFR") & flag == expected
        idle.pass_cycles(330)
        assert idle.read("UIFR") & flag == flag


@effect(*bits_named("EIGHT_BITS"))
def eight_bits_or_seven(idle, bit):
    n = int(bit.register[4])
    assert frame_on(idle, n, 0x01, 0x80) == [0] + [0] * 7 + [1] * 5
    assert frame_on(idle, n, 0x01 | bit.mask, 0x80) == [0] + [0] * 7 + [1] + [1] * 4
    assert frame_on(idle, n, 0x01 | bit.mask, 0x00) == [0] + [0] * 8 + [1] * 4


@effect(*bits_named("PARITY"))
def a_parity_bit_is_sent(idle, bit):
    n = int(bit.register[4])
    assert frame_on(idle, n, 0x05, 0x01) == [0, 1] + [0] * 7 + [1] * 4
    assert frame_on(idle, n, 0x05 | bit.mask, 0x01) == [0, 1] + [0] * 7 + [0] + [1] * 3  # odd already


@effect(*bits_named("EVEN"))
def parity_is_even(idle, bit):
    n = int(bit.register[4])
    assert frame_on(idle, n, 0x0D, 0x03) == [0, 1, 1] + [0] * 6 + [1] + [1] * 3
    assert frame_on(idle, n, 0x0D | bit.mask, 0x03) == [0, 1, 1] + [0] * 6 + [0] + [1] * 3


@effect(*bits_named("RX_ON"))
def the_receiver_listens(idle, bit):
    n = int(bit.register[4])
    talk(idle, n)
    for acsr, heard in ((0x05, 0), (0x05 | bit.mask, 1 << 2 * n)):
        idle.write(bit.register, acsr)
        idle.write(f"ARTD{n}", 0x41)
        idle.pass_cycles(330)
        assert idle.read("UIFR") & 1 << 2 * n == heard


@effect(*bits_named("SEMAPHORE"))
def the_semaphore_keeps_what_is_written(idle, bit):
    idle.write(bit.register, bit.mask)
    assert idle.read(bit.register) == bit.mask
    idle.write(bit.register, 0x00)
    assert idle.read(bit.register) == 0x00


@effect(*bits_named("ERROR"))
def an_error_stays_until_a_one_is_written(idle, bit):
    n = int(bit.register[4])
    talk(idle, n)
    for _ in range(2):  # the second overruns the first
        assert not idle.read(bit.register) & bit.mask
        idle.write(f"ARTD{n}", 0x41)
        idle.pass_cycles(330)
    assert idle.read(bit.register) == 0x25 | bit.mask
    idle.write(bit.register, 0x25)
    assert idle.read(bit.register) == 0x25 | bit.mask
    idle.write(bit.register, 0x25 | bit.mask)
    assert idle.read(bit.register) == 0x25


# ---------------------------------------------------------------------- numbers


@effect(*(f"T{n}L{half}" for n in range(8) for half in "LH"))
def a_latch_byte_is_loaded_at_the_next_reload(idle, register):
    n, high = int(register.name[1]), register.name[3] == "H"
    idle.timer(n, 1)
    for bit in range(8):
        idle.write(register.name, 1 << bit)
        assert idle.read(register.name) == 1 << bit
        assert idle.counter(n) == 1
    idle.write("TER", 1 << n)
    idle.pass_cycles(20)
    period = FCLK_DIVISOR[n] or 113
    idle.pass_cycles(2 * period)
    expected = 0x8001 if high else 0x0080
    assert expected - idle.counter(n) in range(-1, 40)
    assert idle.counter(n) > 0x0040


@effect(*(f"T{n}CL" for n in range(8)))
def writing_the_low_counter_byte_goes_to_the_latch(idle, register):
    n = int(register.name[1])
    idle.timer(n, 0x1234)
    for bit in range(8):
        idle.write(register.name, 1 << bit)
        assert idle.counter(n) == 0x1234
        assert idle.read(f"T{n}LL") == 1 << bit


@effect(*(f"T{n}CH" for n in range(8)))
def writing_the_high_counter_byte_loads_the_counter(idle, register):
    n = int(register.name[1])
    for bit in range(8):
        idle.write(f"T{n}CL", 0xFF >> bit)
        idle.write(register.name, 1 << bit)
        assert idle.counter(n) == 1 << 8 + bit | 0xFF >> bit
        assert idle.read(f"T{n}LH") == 1 << bit


@effect(*(f"ARTD{n}" for n in range(4)))
def a_character_goes_out_and_comes_in(idle, register):
    n = int(register.name[4])
    talk(idle, n)
    for value in [1 << bit for bit in range(8)]:
        idle.write(register.name, value)
        idle.pass_cycles(330)
        assert idle.read(register.name) == value


# ---------------------------------------------------------------------- parallel interface bus


@effect(*(f"PIR{n}" for n in range(2, 8)))
def both_sides_see_a_cell(idle, register):
    n = int(register.name[3])
    host = idle.chip.parallel
    idle.write("PIBER", 0x03)
    for bit in range(8):
        idle.write(register.name, 1 << bit)
        assert host.host_read(n) == 1 << bit
        host.host_write(n, 0xFF ^ 1 << bit)
        assert idle.read(register.name) == 0xFF ^ 1 << bit


def handshake(idle, name, enables):
    """Do what sets this flag with these enables; returns PIBFR behind it."""
    idle.write("PIBER", enables)
    host = idle.chip.parallel
    if name in ("IN7", "IN3"):
        host.host_write(int(name[2]), 0x42)
    elif name in ("OUT7", "OUT3"):
        idle.write(f"PIR{name[3]}", 0x42)
    elif name == "IN":
        host.host_write(0, 0x20)
    elif name == "OUT":
        idle.write("PIBFR", 0x10)
    return idle.read("PIBFR")


@effect(*rows_of("PIBER"))
def an_enable_lets_its_flag_be_set(idle, bit):
    assert not handshake(idle, bit.name, (0xFF ^ bit.mask) & 0xFF) & bit.mask
    assert handshake(idle, bit.name, 0x03 | bit.mask) & bit.mask
    assert idle.read("PIBER") == 0x03 | bit.mask
    if bit.name in ("OPEN", "STROBES"):
        host = idle.chip.parallel
        idle.write("PIR2", 0x77)
        assert host.host_read(2) == 0x77
        idle.write("PIBER", 0x03 ^ bit.mask)
        host.host_write(2, 0x11)
        assert (host.host_read(2), idle.read("PIR2")) == (0xFF, 0x77)


@effect(*rows_of("PIBFR"))
def a_flag_is_seen_by_both_and_cleared_by_the_other_side(idle, bit):
    host = idle.chip.parallel
    assert handshake(idle, bit.name, 0x03 | bit.mask) == 0x03 | bit.mask
    if bit.name in ("OPEN", "STROBES"):
        idle.write("PIBER", 0x03 ^ bit.mask)
        assert idle.read("PIBFR") == 0x03 ^ bit.mask
        return
    assert host.host_read(0) == 0x03 | bit.mask
    assert host.host_interrupt is bit.name.startswith("OUT")
    clear = {
        "IN7": lambda: idle.read("PIR7"),
        "IN3": lambda: idle.read("PIR3"),
        "IN": lambda: idle.write("PIBFR", 0x20),
        "OUT7": lambda: host.host_read(7),
        "OUT3": lambda: host.host_read(3),
        "OUT": lambda: host.host_write(0, 0x10),
    }
    clear[bit.name]()
    assert idle.read("PIBFR") == 0x03
    assert not host.host_interrupt


def test_the_sxb_is_the_board_that_the_checks_run_on(idle_sxb):
    assert idle_sxb.chip.memory_map.owner(SXB.external_ram[0].first) == 9  # nothing selected at first
