"""The centre's telephone system tells of calls: each once, with or without a number."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import Software
from mamori.rooms.complaints.models import CallSheet
from mamori.rooms.complaints.reports.queries import number_of

pytestmark = pytest.mark.django_db


def of(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def test_a_call_waits_on_the_desk_and_told_again_it_is_the_same_one(market: Software) -> None:
    call = {"call": "c-81", "number": "03-3507-2345", "at": "2026-11-30T10:00:00+09:00"}
    first, again = market.call("POST", "/calls", call), market.call("POST", "/calls", call)
    sheet = CallSheet.objects.get()

    assert (first.status_code, of(first)) == (200, {"call": "c-81", "sheet": sheet.pk})
    assert of(again) == of(first)
    assert number_of(sheet) == "03-3507-2345"
    assert b"3507" not in bytes(sheet.number or b"")


def test_a_call_without_a_number_waits_as_well_and_nonsense_is_refused(market: Software) -> None:
    withheld = market.call("POST", "/calls", {"call": "c-82"})
    nonsense = market.call("POST", "/calls", {"call": "c-83", "number": "7" * 61})

    assert withheld.status_code == 200
    assert CallSheet.objects.get().caller == b""
    assert nonsense.status_code == 422
