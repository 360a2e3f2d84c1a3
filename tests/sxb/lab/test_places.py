# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from sxb.errors import NoPortError, UsageError
from sxb.lab.places import network_port, virtual_port
from sxb.transport import port_url


def test_ports_of_a_lab_are_ports_of_the_uploader():
    assert network_port("rfc2217", "host", 7002) == "rfc2217://host:7002"
    assert network_port("raw", "::1", 7002) == "socket://[::1]:7002"
    assert port_url(virtual_port("sxb", "fixed", "max")).startswith("emu://sxb?")


def test_what_cannot_be_reached_is_said():
    with pytest.raises(UsageError, match="smoke"):
        network_port("smoke", "host", 1)
    with pytest.raises(NoPortError, match="no port yet"):
        network_port("rfc2217", "host", None)
