# SPDX-License-Identifier: MIT
"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

import asm816

PROJECT = Path(__file__).parents[1]

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.load_profile("suite")

if os.environ.get("MENSCH816_INSTALLED"):
    home = Path(asm816.__file__)
    assert PROJECT not in home.parents, f"the installed wheel was to be tested, not {home}"


@pytest.fixture(autouse=True, scope="session")
def _cache_of_our_own(tmp_path_factory):
    """Boots are kept for the run of the tests only, not among the user's."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def outside_data():
    """A folder or file named by an environment variable; the test skips where it is not set."""

    def find(variable: str) -> Path:
        value = os.environ.get(variable)
        if not value:
            pytest.skip(f"{variable} is not set: the data is not part of the project")
        return Path(value)

    return find
