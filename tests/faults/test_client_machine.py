# SPDX-License-Identifier: MIT
"""A client against a board, with faults in between: whatever the client says is done is done."""

from __future__ import annotations

from contextlib import contextmanager, suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from asm816.image import image_of
from sxb.client import Monitor
from sxb.errors import SxbError, VerifyDiffersError
from sxb.faults import DIRECTIONS, KINDS, Fault, FaultyPort
from sxb.transport import Line

FREE = range(0x00B6, 0x00F8)
"""Where the client writes; the eight bytes behind are for the program of the fault `program`."""

addresses = st.integers(FREE.start, FREE.stop - 1)
contents = st.binary(min_size=1, max_size=40)
faults = st.none() | st.builds(
    Fault,
    st.sampled_from([kind.name for kind in KINDS]),
    st.sampled_from(DIRECTIONS),
    st.integers(0, 250),
    st.integers(0, 7),
)


def machine(make_port):
    """The state machine over boards that `make_port` makes."""

    class ClientAndBoard(RuleBasedStateMachine):
        @initialize()
        def plug_in(self):
            self.inner = make_port()
            self.told = ("none", "none")
            self.known = {}  # what the client says memory is: address -> byte
            self.connect(None)

        def connect(self, fault):
            self.port = FaultyPort(self.inner, fault)
            self.monitor = Monitor(Line("double", self.port))

        @contextmanager
        def acting(self, fault):
            """One call of the client with a fault somewhere in it; a failure is ended by RESET."""
            self.connect(fault)
            try:
                yield
            except SxbError as error:
                self.told = (error.code, error.hint)
                self.known.clear()
                self.inner.board.reset()
            else:
                if self.port.hit:
                    # A damaged address may have written elsewhere, and a reset has lost the rest.
                    self.known = {at: byte for at, byte in self.known.items() if at in self.proven}

        def proves(self, address, data):
            self.proven = range(address, address + len(data))
            self.known.update(zip(self.proven, data, strict=True))

        @rule(address=addresses, data=contents, fault=faults)
        def load(self, address, data, fault):
            data = data[: FREE.stop - address]
            with self.acting(fault):
                self.monitor.load(image_of([(address, data)]))
                if not self.late(fault):
                    self.proves(address, data)

        @rule(address=addresses, data=contents, fault=faults)
        def load_changed(self, address, data, fault):
            data = data[: FREE.stop - address]
            with self.acting(fault):
                self.monitor.load(image_of([(address, data)]), changed=True)
                if not self.late(fault):
                    self.proves(address, data)

        @rule(address=addresses, data=contents, fault=faults)
        def write(self, address, data, fault):
            data = data[: min(8, FREE.stop - address)]
            with self.acting(fault):
                self.monitor.write(address, data)
                if not self.late(fault):
                    self.proves(address, data)

        @rule(address=addresses, length=st.integers(1, 40), byte=st.integers(0, 0xFF), fault=faults)
        def fill(self, address, length, byte, fault):
            length = min(length, FREE.stop - address)
            with self.acting(fault):
                self.monitor.fill(address, length, byte)
                if not self.late(fault):
                    self.proves(address, bytes([byte]) * length)

        @rule(fault=faults)
        def verify(self, fault):
            """What is known is found equal, and one byte else is found different."""
            self.proven = range(0)
            if not self.known:
                return
            at, byte = min(self.known.items())
            with self.acting(fault):
                self.monitor.verify(image_of([(at, bytes([byte]))]))
                with suppress(VerifyDiffersError):
                    self.monitor.verify(image_of([(at, bytes([byte ^ 0x10]))]))
                    raise AssertionError("a difference was not seen")

        @rule(address=addresses, length=st.integers(1, 40), fault=faults)
        def read(self, address, length, fault):
            length = min(length, FREE.stop - address)
            with self.acting(fault):
                before = bytes(self.inner.board.memory[address : address + length])
                data = self.monitor.read(address, length)
                if not (fault and fault.kind == "reset"):
                    assert data == before
                self.proven = range(0)

        @rule(fault=faults)
        def registers(self, fault):
            with self.acting(fault):
                registers = self.monitor.registers()
                assert registers.s == 0x01FF
                self.proven = range(0)

        @rule(a=st.integers(0, 0xFFFF), fault=faults)
        def set_registers(self, a, fault):
            with self.acting(fault):
                after = self.monitor.set_registers(a=a)
                assert after.a == a
                self.proven = range(0)

        @rule()
        def press_reset(self):
            self.inner.board.reset()

        @invariant()
        def every_error_has_a_code_and_a_remedy(self):
            assert all(self.told)

        @invariant()
        def memory_is_what_the_client_says(self):
            memory = self.inner.board.memory
            assert {at: memory[at] for at in self.known} == self.known

        def late(self, fault):
            """RAM was lost with a reset that the client may not have seen any more."""
            if fault and fault.kind in ("reset", "program") and self.port.hit:
                self.proven = range(0)
                return True
            return False

    return ClientAndBoard


def test_whatever_the_client_says_is_done_is_done(doubled):
    case = machine(doubled).TestCase
    case.settings = settings(
        max_examples=30,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    case("runTest").runTest()
