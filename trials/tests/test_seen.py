"""The display of every past order is found among many, as it is measured by hand among a million."""

from __future__ import annotations

import pytest

from trials.seen import fill_and_look

pytestmark = pytest.mark.django_db


def test_every_display_that_is_looked_up_is_the_one_that_stood_then() -> None:
    found = fill_and_look(versions=100, seed=7)

    assert found["wrong"] == 0
    assert found["contents"] < 100
