"""A row has a name: what is sent to the address of a row without one writes nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from mamori.rooms.enforcement.tests.test_policy_pages import DRAFT, ROW_8, drafting, edited, lead, table

__all__ = ("drafting", "lead")
pytestmark = pytest.mark.django_db


def test_a_row_without_a_name_is_not_written(drafting: Client) -> None:
    before = table()

    answer = drafting.post(f"{DRAFT}row/", {**ROW_8, "version": edited()})

    assert answer.status_code == 404
    assert table() == before
    assert drafting.get(DRAFT).status_code == 200


def test_what_is_only_checked_is_not_said_to_stand(drafting: Client) -> None:
    page = drafting.post(f"{DRAFT}row/?row=8", {**ROW_8, "points": "77", "check": "1", "version": edited()})

    assert "77点" not in page.content.decode().split('id="checked"')[0].split('<dl class="rows">')[-1]
