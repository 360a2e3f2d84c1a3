# SPDX-License-Identifier: MIT
from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


def module(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="session")
def campaign():
    module(Path(__file__).with_name("headstart.py"), "headstart")
    return module(Path(__file__).with_name("campaign.py"), "fault_campaign")


@pytest.fixture(scope="session")
def doubled():
    """The double of tests/sxb behind the interface of a port: a board that costs no time."""
    double = module(Path(__file__).parents[1] / "sxb" / "conftest.py", "monitor_double")

    def make(_what=None):
        return double.DoublePort(double.MonitorDouble(ram=(range(0x200), range(0xDF80, 0xDFC0))))

    return make
