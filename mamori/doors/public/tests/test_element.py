"""The script that a shop's own page takes from the house."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from mamori.doors.public.views import script
from mamori.grammar.text import Text
from mamori.law.complaints import COMPLAINT_REASONS

SOURCE = script().decode()
REASONS = SOURCE.partition("const REASONS")[2].partition("];")[0]
MOST_BYTES = 12_000
ROW = re.compile(r'\[\s*"([a-z-]+)",\s*"([^"]+)",\s*"([^"]+)",\s*"[^"]+",?\s*\]')
PATH = re.compile(r'this\.(?:link|to)\("(/[^"]*)"')


def test_any_page_may_take_it_and_keeps_it_for_an_hour(client: Client) -> None:
    answer = client.get("/element.js", secure=True)
    again = client.get("/element.js", secure=True, headers={"If-None-Match": answer["ETag"]})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert again.status_code == 304
    assert "Set-Cookie" not in answer


def test_it_is_small_and_calls_nobody_but_the_house() -> None:
    assert len(script()) < MOST_BYTES
    assert not re.search(r"https?://(?!HOUSE)", SOURCE)
    assert SOURCE.count("fetch(") == 1
    assert "innerHTML" not in SOURCE


def test_its_reasons_are_those_that_the_house_declares_in_their_order() -> None:
    rows = [(code, Text(ja, en[0].lower() + en[1:])) for code, ja, en in ROW.findall(REASONS)]

    assert rows == [(reason.value, rule.text) for reason, rule in COMPLAINT_REASONS.items()]


@pytest.mark.parametrize(
    "path", sorted({*PATH.findall(SOURCE), "/sellers/S-1/display/", "/sellers/S-1/display/display.json"})
)
def test_each_address_that_it_leads_to_is_there(path: str) -> None:
    try:
        assert resolve(path)
    except Resolver404:
        pytest.fail(f"{path} is no address of the house")
