# SPDX-License-Identifier: MIT
from __future__ import annotations

import json

import pytest

from sxb import errors
from sxb.cli import main
from sxb.ports import PortInfo, candidates, described, in_order, open_free, stable_names, system_ports

MODEM = PortInfo("/dev/ttyS0", "n/a")
CABLE = PortInfo("/dev/ttyUSB0", "FT232R USB UART", 0x0403, 0x6001, "A50285BI")
SECOND_CABLE = PortInfo("COM7", "FT230X Basic UART", 0x0403, 0x6015, "DN01")
OTHER = PortInfo("/dev/cu.usbmodem1", "Arduino", 0x2341, 0x0043, "7573")


class Free:
    """Stands for an open line."""

    def __init__(self, name):
        self.name, self.closed = name, False

    def close(self):
        self.closed = True


def opener(busy=()):
    def open_line(device):
        if device in busy:
            raise errors.port_busy(device)
        return Free(device)

    return open_line


@pytest.mark.parametrize(
    ("ports", "chosen"),
    [((MODEM, CABLE), CABLE), ((OTHER, SECOND_CABLE, MODEM), SECOND_CABLE), ((MODEM, OTHER), OTHER)],
)
def test_the_only_likely_port_is_taken(ports, chosen):
    assert candidates(None, ports) == (chosen.device,)
    assert open_free([chosen.device], opener()).name == chosen.device


@pytest.mark.parametrize("ports", [(), (MODEM,)])
def test_no_likely_port(ports):
    with pytest.raises(errors.NoPortError) as caught:
        candidates(None, ports)
    assert "--port emu:" in caught.value.hint
    assert caught.value.exit_code == 10


def test_the_next_port_is_taken_when_one_is_busy():
    devices = candidates(None, (CABLE, SECOND_CABLE, OTHER))
    assert open_free(devices, opener(busy=[CABLE.device])).name == SECOND_CABLE.device
    assert open_free(devices, opener(busy=[SECOND_CABLE.device])).name == CABLE.device


def test_two_free_ports_are_named_and_none_stays_open():
    opened = []

    def remember(device):
        opened.append(Free(device))
        return opened[-1]

    with pytest.raises(errors.NoPortError) as caught:
        open_free(candidates(None, (CABLE, SECOND_CABLE, OTHER)), remember)
    assert "/dev/ttyUSB0, COM7" in caught.value.sentence
    assert [line.closed for line in opened] == [True, True]


def test_all_busy_says_so():
    with pytest.raises(errors.NoPortError, match="in use") as caught:
        open_free(["a", "b"], opener(busy=["a", "b"]))
    assert caught.value.code == "S1003"
    assert "a, b" in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("usb:0403:6001", (CABLE,)),
        ("usb:0403:6015", (SECOND_CABLE,)),
        ("USB:2341:0043", (OTHER,)),
        ("usb:A50285BI", (CABLE,)),
        ("usb:", ()),
        ("usb:nothing", ()),
    ],
)
def test_ports_by_ids_or_serial_number(text, found):
    assert described(text, (MODEM, CABLE, SECOND_CABLE, OTHER)) == found


def test_a_description_that_fits_nothing():
    with pytest.raises(errors.NoPortError, match="usb:dead:beef"):
        candidates("usb:dead:beef", (CABLE,))


def test_names_are_left_alone():
    assert candidates("COM3", (CABLE,)) is None
    assert candidates("emu:", ()) is None


def test_the_usual_cables_come_first_and_com2_before_com10():
    ports = [PortInfo(f"COM{n}") for n in (10, 2, 1)]
    assert [p.device for p in in_order((*ports, OTHER, CABLE))] == [
        CABLE.device,
        OTHER.device,
        "COM1",
        "COM2",
        "COM10",
    ]


def test_stable_names(tmp_path):
    device = tmp_path / "ttyUSB7"
    device.touch()
    names = tmp_path / "by-id"
    names.mkdir()
    (names / "usb-FTDI_A50285BI-if00-port0").symlink_to(device)
    assert stable_names(names) == {str(device): str(names / "usb-FTDI_A50285BI-if00-port0")}
    assert stable_names(tmp_path / "nowhere") == {}


def test_the_system_can_be_asked():
    assert all(port.device for port in system_ports())


def test_the_list_for_people(capsys, monkeypatch):
    stable = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"
    cable = PortInfo("/dev/ttyUSB0", "FT232R USB UART", 0x0403, 0x6001, "A50285BI", stable)
    monkeypatch.setattr("sxb.ports.system_ports", lambda: (cable, MODEM))
    monkeypatch.setattr("sxb.latency.latency_ms", lambda _device: 16)
    assert main(["ports"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "* /dev/ttyUSB0  0403:6001  A50285BI  FT232R USB UART",
        f"    {stable}",
        (
            "    the cable waits 16 ms; faster: echo 1 | "
            "sudo tee /sys/bus/usb-serial/devices/ttyUSB0/latency_timer"
        ),
        "  /dev/ttyS0  n/a",
        "  emu:qbx, emu:sxb  virtual boards, always there",
    ]


def test_the_list_as_json(capsys, monkeypatch):
    monkeypatch.setattr("sxb.ports.system_ports", lambda: (CABLE, MODEM))
    assert main(["ports", "--json"]) == 0
    cable, modem = json.loads(capsys.readouterr().out)
    assert cable == {
        "device": "/dev/ttyUSB0",
        "description": "FT232R USB UART",
        "vid": 0x0403,
        "pid": 0x6001,
        "serial_number": "A50285BI",
        "stable": None,
        "latency_ms": None,
        "default": True,
    }
    assert modem["default"] is False
