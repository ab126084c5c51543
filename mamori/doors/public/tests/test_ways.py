"""The first page asks one question, and each answer leads somewhere."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import resolve

from mamori.doors.public.views import ELSEWHERE, WAYS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.to)
def test_each_answer_begins_at_an_address_of_the_house(way: object) -> None:
    assert resolve(getattr(way, "to", ""))


def test_all_answers_and_the_right_neighbours_stand_on_the_first_page(client: Client) -> None:
    page = client.get("/", secure=True).content.decode()

    assert "どうしましたか" in page
    for way in WAYS:
        assert f'href="{way.to}"' in page
        assert way.happened.ja in page
    for road in ELSEWHERE:
        assert road.title.ja in page
    assert 'href="tel:%239110"' in page
