# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from sxb import latency


@pytest.fixture
def cable(tmp_path):
    """A cable as sysfs shows it: (its device, the folder of all devices, its timer)."""
    timer = tmp_path / "ttyUSB0" / "latency_timer"
    timer.parent.mkdir()
    timer.write_text("16\n", encoding="ascii")
    return "/dev/ttyUSB0", tmp_path, timer


class Port:
    """Stands for pyserial's port on a system whose driver obeys, or does not."""

    def __init__(self, timer=None):
        self._timer = timer

    def set_low_latency_mode(self, on):
        if self._timer is None:
            raise ValueError("Failed to update ASYNC_LOW_LATENCY flag")
        self._timer.write_text("1\n" if on else "16\n", encoding="ascii")


def test_the_driver_sets_it(cable):
    device, folder, timer = cable
    timer.chmod(0o444)
    assert latency.latency_ms(device, folder) == 16
    assert latency.lower(Port(timer), device, folder) == 1


def test_sysfs_sets_it_where_the_driver_does_not(cable):
    device, folder, timer = cable
    assert latency.lower(Port(), device, folder) == 1
    assert timer.read_text(encoding="ascii") == "1"


def test_where_nothing_is_allowed_it_stays(cable, monkeypatch):
    device, folder, timer = cable

    def refuse(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(type(timer), "write_text", refuse)
    assert latency.lower(object(), device, folder) == 16
    assert "16 ms" in latency.advice(device, 16, "linux")


def test_a_port_without_a_timer_is_left_alone(tmp_path):
    assert latency.lower(Port(), "/dev/ttyS0", tmp_path) is None
    assert latency.advice("/dev/ttyS0", None, "linux") is None
    assert latency.advice("/dev/ttyUSB0", 1, "linux") is None


def test_windows_is_told_where_to_look():
    assert "Device Manager" in latency.advice("COM3", None, "win32")
