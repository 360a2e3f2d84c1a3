# SPDX-License-Identifier: MIT
from __future__ import annotations

from types import SimpleNamespace

import pytest

from asm816.srec import s2_record
from sxb.exchange import Listener, Reply


def _play(dialogue, script):
    """Drive `dialogue` with [(what must be sent, what the board answers), ...]; returns its result.

    An answer is fed byte by byte, as a slow line would; what comes behind a complete answer on a line
    that need not be quiet stays for the next turn.
    """
    turns = iter(script)
    late = b""
    try:
        exchange = next(dialogue)
        while True:
            if exchange.notice:
                exchange = dialogue.send(Reply(b"", complete=False))
                continue
            sent, answer = next(turns)
            assert exchange.send == sent
            listener = Listener(exchange)
            rest = late + answer
            while rest and not (listener.complete and not exchange.quiet):
                listener.feed(rest[:1])
                rest = rest[1:]
            late = rest
            exchange = dialogue.send(listener.reply())
    except StopIteration as end:
        assert list(turns) == []
        return end.value


@pytest.fixture(scope="session")
def play():
    return _play


READY = b"\rREADY\r>"


@pytest.fixture(scope="session")
def ready():
    return READY


BANNER = (
    b"\rTHE ROM Version 2.07\r (C) somebody\rAssembled some day\r\rPCntr     Acc    Xreg   Yreg   Stack\r"
    b"00:E358   00 00  E0 B7  00 00  01 FF  \r\r  DirRg  F  DBk\r  00 00  22 00  \r\r\r"
    b"Status Reg\rN  V  M  X  D  I  Z  C\r0  0  1  0  0  0  1  0  \r\r>"
)


class MonitorDouble:
    """Stands for a board where thousands of loads must run in seconds: no clock, no chip, only answers.

    It has the monitor's behaviour on a damaged line as WDC's published ROM shows it when executed:
    arguments become commands, the loader's counter can run past zero, other record types are counted.
    `test_double.py` holds it against recorded dialogues.  What the product uses is `emu.Board`.
    """

    RAM = (range(0x0200), range(0xDF80, 0xDFC0))

    def __init__(self, ram=RAM):
        self.memory = bytearray(1 << 24)
        self.ram = ram
        self.pointer = 0xE358
        self.registers = dict(zip("PAXYSDFB", (0xE358, 0, 0xE0B7, 0, 0x1FF, 0, 0x22, 0), strict=True))
        self.said = bytearray()
        self.started = None
        self.held = False
        self.boot()

    def boot(self):
        self.said = bytearray(BANNER)
        self.held = False
        self.run = self.prompt()
        next(self.run)

    def print_for_ever(self):
        """A user's program has the line: whatever is sent, it prints."""
        while True:
            yield
            self.said += b"....."

    def hear(self, data):
        """Take bytes from the line; returns what the board says to them."""
        for byte in data:
            if byte in b"\x11\x13":
                self.held = byte == 0x13
            else:
                self.run.send(byte)
        if self.held:
            return b""
        said, self.said = bytes(self.said), bytearray()
        return said

    def say(self, data):
        self.said += data

    def prompt(self):
        commands = {
            "/": self.slash,
            "|": self.pipe,
            "G": self.go,
            "W": self.dump,
            "S": self.loader,
            "<": self.back,
            " ": self.show,
        }
        while True:
            key = yield
            if key == 0x0A:
                continue
            self.say(bytes([key]))
            letter = chr(key).upper()
            if letter in commands:
                self.say(b"  ")
                yield from commands[letter]()
            elif letter in "AMDFTNJB":
                self.say(b"  ")
                yield from self.question(letter)
            elif letter == "U":
                self.say(BANNER)
                continue
            elif letter == "X":
                while True:
                    yield
            else:
                self.say(b"?")
            self.say(READY)

    def question(self, letter):
        digits = ""
        need = {"F": 14, "B": 6, "J": 6}.get(letter, 99)
        while len(digits) < need:
            key = yield
            self.say(bytes([key]))
            if key in (0x1B, 0x0D):
                return
            if chr(key) in "0123456789abcdefABCDEF":
                digits += chr(key)
            else:
                self.say(b"\x08")
                digits = digits[:-1]
        first = int(digits[:6], 16)
        if letter == "F":
            for address in range(first, int(digits[6:12], 16) + 1):
                self.store(address, int(digits[12:], 16))
        elif letter == "B":
            self.store(first, 0)
        else:
            yield from self.program(first)

    def program(self, address):
        self.started = address
        while True:
            yield

    def store(self, address, byte):
        if any(address in ram for ram in self.ram):
            self.memory[address] = byte
        return self.memory[address] == byte

    def slash(self):
        text = ""
        while True:
            key = yield
            text += chr(key)
            if text == "\r":
                self.say(f"{self.pointer >> 16:02X}:{self.pointer & 0xFFFF:04X}".encode())
                return
            shapes = (" ", "YY ", "XXXX ", "BB:XXXX ", "XXXXYY", "BB:XXXXYY")
            fit = [
                shape
                for shape in shapes
                if len(text) <= len(shape)
                and all(
                    c == s or (s in "XYB" and c in "0123456789abcdefABCDEF")
                    for c, s in zip(text, shape, strict=False)
                )
            ]
            if not fit:
                self.say(b"\x15")
                return
            if len(text) == len(fit[0]):
                break
        shape, text = fit[0], text.replace(":", "").strip()
        if "X" in shape:
            self.pointer = int(text[:6], 16) if "B" in shape else int(text[:4], 16)
        if "Y" in shape:
            self.store(self.pointer, int(text[-2:], 16))
        self.say(b"%02X" % self.memory[self.pointer])
        self.pointer = (self.pointer + 1) & 0xFFFFFF

    def pipe(self):
        letter = chr((yield))
        if letter == " ":
            r = self.registers
            words = " ".join(f"{r[name]:04X}" for name in "AXYSD")
            self.say(f"{r['P']:06X} {words} {r['F']:02X} {r['B']:02X} ".encode())
            return
        shape = {"P": "XX:XXXX", "F": "XX", "B": "XX"}.get(letter, "XXXX" if letter in "AXYSD" else "")
        text = ""
        for wanted in shape:
            key = chr((yield))
            if not (key == wanted or (wanted == "X" and key in "0123456789abcdefABCDEF")):
                shape = ""
                break
            text += key
        if not shape:
            self.say(b"\x15")
            return
        self.registers[letter] = int(text.replace(":", ""), 16)
        self.say(b"\x06")

    def show(self):
        self.say(
            f"{self.pointer >> 16:02X}:{self.pointer & 0xFFFF:04X} {self.memory[self.pointer]:02X}".encode()
        )
        yield from ()

    def back(self):
        self.pointer = (self.pointer - 1) & 0xFFFFFF
        yield from self.show()

    def address(self, at_cr=None):
        """An address question answered; None if it was left, `at_cr` if CR was the answer."""
        digits = ""
        while len(digits) < 6:
            key = yield
            self.say(bytes([key]))
            if key == 0x1B:
                return None
            if key == 0x0D:
                return at_cr
            if chr(key) in "0123456789abcdefABCDEF":
                digits += chr(key)
                if len(digits) == 2:
                    self.say(b":")
            elif digits:
                self.say(b"\x08")
                digits = digits[:-1]
        return int(digits, 16)

    def go(self):
        self.say(b"\rEnter Address  BB:AAAA ")
        address = yield from self.address(self.registers["P"])
        if address is not None:
            yield from self.program(address)

    def dump(self):
        self.say(b"\rEnter Lowest Address   BB:AAAA ")
        low = yield from self.address()
        if low is None:
            return
        self.say(b"\rEnter Highest Address  BB:AAAA ")
        high = yield from self.address()
        if high is None:
            return
        self.say(b"\r")
        high = low + 15 if high < low else min(high, low + 0x2000)  # enough for a test
        for at in range(low, high + 1, 16):
            data = bytes(self.memory[at : min(at + 16, high + 1)])
            self.say(s2_record(at, data) + b"\r")
        self.say(b"S804000000FB")
        yield

    def hex_byte(self):
        text = chr((yield)) + chr((yield))
        try:
            return int(text.encode("ascii"), 16) if text.isalnum() else None
        except (ValueError, UnicodeEncodeError):
            return None

    def loader(self):
        count, entered = 0, True
        while True:
            while not entered and (yield) != ord("S"):
                pass
            entered = False
            kind = yield
            if kind != ord("2"):
                yield from self.hex_byte()
                while (yield) not in b"\r\n":
                    pass
                if kind == ord("8"):
                    return
                good = True
            else:
                good = yield from self.record()
                if good is None:  # ESC behind a bad checksum
                    return
            if good:
                count = (count + 1) % 10000
                self.say(b".%04d" % count)
            else:
                self.say(b"?")

    def record(self):
        length = (yield from self.hex_byte()) or 0
        total, address = length, 0
        for _ in range(3):
            byte = (yield from self.hex_byte()) or 0
            total += byte
            address = address << 8 | byte
        spoilt, left = False, (length - 4) & 0xFF
        while left:
            byte = yield from self.hex_byte()
            total += byte or 0
            if byte is None or not self.store(address, byte):
                spoilt, left, address = True, (left - 1) & 0xFF, address + 1
            left, address = (left - 1) & 0xFF, (address + 1) & 0xFFFFFF
        self.pointer = address
        check = yield from self.hex_byte()
        if spoilt or check is None or (total + check) & 0xFF != 0xFF:
            while (last := (yield)) == 0x0A:
                pass
            return None if last == 0x1B else False
        while (yield) not in b"\r\n":
            pass
        return True


@pytest.fixture(scope="session")
def double():
    return MonitorDouble


class DoublePort:
    """The double behind the interface of a port, with a clock of its own; it is its own `board` too."""

    SECOND_PER_BYTE = 10 / 9600

    def __init__(self, board):
        self.double = board
        self.memory = board.memory
        self.facts = SimpleNamespace(external_ram=())
        self.seconds = 0.0
        self.cycle = 0
        self.baudrate = 9600
        self.timeout = 0.0
        self.waiting = bytearray()

    @property
    def board(self):
        return self

    @property
    def in_waiting(self):
        self.waiting += self.double.hear(b"")
        return len(self.waiting)

    def write(self, data):
        self.waiting += self.double.hear(data)
        return len(data)  # the line's listener allows for the time on the wire

    def read(self, size=1):
        if not self.in_waiting:
            self.seconds += self.timeout
        data = bytes(self.waiting[:size])
        del self.waiting[:size]
        self.seconds += len(data) * self.SECOND_PER_BYTE
        return data

    def close(self):
        pass

    def reset(self):
        self.double.boot()

    def load(self, image):
        for segment in image.segments:
            self.memory[segment.address : segment.end] = segment.data

    def jml(self, _address):
        self.double.run = self.double.print_for_ever()
        next(self.double.run)


@pytest.fixture(scope="session")
def double_port():
    return DoublePort
