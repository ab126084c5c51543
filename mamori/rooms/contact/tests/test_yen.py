"""Yen as people write them; a minus sign is never left out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from mamori.ground.web.forms import YenField


@pytest.mark.parametrize("written", ["8000", "８，０００円", "8,000 ", "8 000"])
def test_an_amount_is_read_as_people_write_it(written: str) -> None:
    assert YenField().clean(written) == 8_000


@pytest.mark.parametrize("written", ["-5", "－5", "−5", "ー5", "5-", "8-000", "5.5", "五"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        YenField().clean(written)
