"""The collector is asked less often while a run goes on, and as before afterwards."""

import gc

import pytest

from dateline.run.garbage import collecting_seldom


def test_the_setting_is_as_it_was_afterwards() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > 10 * before[0]
    assert gc.get_threshold() == before


def test_it_is_so_after_a_failure_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="on purpose"), collecting_seldom():
        raise ValueError("on purpose")
    assert gc.get_threshold() == before
