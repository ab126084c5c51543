"""The page of measures, and what machines read of it."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.rooms.disclosure.tests.test_pages import read

pytestmark = pytest.mark.django_db


def test_the_page_opens(enter: Enter) -> None:
    page = read(enter(Role.ANONYMOUS), "/measures/")
    print(page)
    assert "48時間以内の解決" in page
