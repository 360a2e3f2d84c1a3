# SPDX-License-Identifier: MIT
"""Assembling leaves the collector of garbage as it found it."""

import gc
import weakref

import pytest

from asm816 import collection
from asm816.collection import no_collection


class Knot:
    """An object that only a search for cycles takes away."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def collecting():
    before = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.usefixtures("collecting")
def test_many_new_objects_are_old_afterwards():
    gc.collect()
    with no_collection():
        made = [[] for _ in range(2 * collection._MANY)]
        assert gc.get_count()[0] > collection._MANY
    assert gc.isenabled()
    assert gc.get_count()[0] < collection._MANY
    assert gc.get_freeze_count() == 0
    assert gc.is_tracked(made)


@pytest.mark.usefixtures("collecting")
def test_what_is_frozen_stays_so():
    gc.freeze()
    frozen = gc.get_freeze_count()
    try:
        with no_collection():
            made = [[] for _ in range(2 * collection._MANY)]
        assert gc.get_freeze_count() >= frozen > 0
        assert made
    finally:
        gc.unfreeze()


@pytest.mark.usefixtures("collecting")
def test_garbage_among_them_is_found_before_it_is_much(monkeypatch):
    monkeypatch.setattr(collection, "_MOST_SPARED", 5 * collection._MANY)
    gc.collect()
    with no_collection():
        knots = [Knot() for _ in range(2 * collection._MANY)]
    found = weakref.ref(knots[0])
    del knots
    for _ in range(6):
        with no_collection():
            made = [[] for _ in range(2 * collection._MANY)]
    assert made
    assert found() is None
