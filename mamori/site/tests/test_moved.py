"""Whoever follows a former address comes to the page of today."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import resolve

from mamori.ground.web.moved import FormerAddresses
from mamori.site.moved import MOVED, moved

pytestmark = pytest.mark.django_db
SAMPLES = {"int": "7", "str": "seven", "slug": "seven", "path": "seven", "whole": "seven"}


def _sample(route: str) -> str:
    """Return an address that the route finds."""
    parts = [
        SAMPLES[part[1:-1].rpartition(":")[0] or "str"] if part.startswith("<") else part
        for part in route.split("/")
    ]
    return "/" + "/".join(parts)


def test_every_former_address_leads_to_a_page_of_today() -> None:
    for former in MOVED:
        today = moved.now_at(_sample(former))

        assert today, former
        assert moved.now_at(resolve_path := today.partition("?")[0].partition("#")[0]) is None, former
        assert resolve(resolve_path), former


def test_what_was_asked_and_what_was_found_go_along(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = FormerAddresses({"desk/former/<str:number>/": "/desk/cases/{number}/#words"})
    monkeypatch.setattr(moved, "routes", planted.routes)

    answer = client.get("/desk/former/S 1/?cursor=2")

    assert (answer.status_code, answer["Location"]) == (301, "/desk/cases/S%201/?cursor=2#words")


def test_nothing_is_sent_to_a_former_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "routes", FormerAddresses({"former/": "/help/"}).routes)

    assert client.post("/former/").status_code == 404
