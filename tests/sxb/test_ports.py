# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from sxb import errors
from sxb.ports import PortInfo, choose_port, system_ports

MODEM = PortInfo("/dev/ttyS0", "n/a")
CABLE = PortInfo("/dev/ttyUSB0", "FT232R USB UART", 0x0403, 0x6001)
SECOND_CABLE = PortInfo("COM7", "FT230X Basic UART", 0x0403, 0x6015)
OTHER = PortInfo("/dev/cu.usbmodem1", "Arduino", 0x2341, 0x0043)


@pytest.mark.parametrize(
    ("ports", "chosen"),
    [((MODEM, CABLE), CABLE), ((OTHER, SECOND_CABLE, MODEM), SECOND_CABLE), ((MODEM, OTHER), OTHER)],
)
def test_the_only_likely_port_is_taken(ports, chosen):
    assert choose_port(ports) == chosen.device


@pytest.mark.parametrize("ports", [(), (MODEM,)])
def test_no_likely_port(ports):
    with pytest.raises(errors.NoPortError) as caught:
        choose_port(ports)
    assert "--port emu:" in caught.value.hint
    assert caught.value.exit_code == 10


def test_two_likely_ports_are_named():
    with pytest.raises(errors.NoPortError) as caught:
        choose_port((CABLE, SECOND_CABLE, OTHER))
    assert "/dev/ttyUSB0, COM7" in caught.value.sentence


def test_the_system_can_be_asked():
    assert all(port.device for port in system_ports())
