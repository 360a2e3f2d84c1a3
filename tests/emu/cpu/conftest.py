# SPDX-License-Identifier: MIT
"""Every test that asks for `Core` runs on all backends that are there.

With MENSCH816_ALL_BACKENDS set a missing one is a failure, not a skip.
"""

from __future__ import annotations

import os

import pytest

from emu.cpu import backend


@pytest.fixture(params=backend.NAMES)
def backend_name(request):
    if request.param not in backend.available() and not os.environ.get("MENSCH816_ALL_BACKENDS"):
        pytest.skip(f"the {request.param} core was not built: {backend.HOW_TO_COMPILE}")
    return request.param


@pytest.fixture
def Core(backend_name):  # noqa: N802  (it is a class)
    return backend.load(backend_name).Core
