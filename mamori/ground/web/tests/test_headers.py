"""Every answer carries the table of headers, exactly; leaving one out is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from mamori.grammar.actor import Role
from mamori.ground.web import headers

type Enter = Callable[..., Client]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
}
TABLE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), midi=()",
    "Cache-Control": "no-store",
}
PLACES = ["/", "/nowhere", "/problems/not-for-you", "/problems/none", "/api/v1/none", "/static/web/none.css"]


def wrong(path: str, client: Client) -> dict[str, str | None]:
    """Return what an answer's headers say otherwise than the table."""
    answer = client.get(path)
    told = {name: answer.headers.get(name) for name in TABLE}
    policy = set((answer.headers.get("Content-Security-Policy") or "").split("; "))
    off = {name: value for name, value in told.items() if value != TABLE[name]}
    return off | (
        {} if policy == POLICY else {"Content-Security-Policy": answer.headers.get("Content-Security-Policy")}
    )


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_the_table_exactly(enter: Enter, path: str) -> None:
    assert wrong(path, enter()) == {}


def test_a_page_for_staff_carries_it_too(enter: Enter) -> None:
    assert wrong("/desk/components", enter(Role.AGENT)) == {}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_header_that_is_dropped_is_noticed(
    enter: Enter, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(headers.HEADERS, name)

    found = wrong("/", enter())

    if name not in {
        "Referrer-Policy",
        "X-Content-Type-Options",
        "Cross-Origin-Opener-Policy",
    }:  # Django holds these too
        assert list(found) == [name]


def test_a_policy_that_lets_scripts_be_written_in_is_noticed(enter: Enter) -> None:
    with override_settings(
        SECURE_CSP={"default-src": ["'none'"], "script-src": ["'self'", "'unsafe-inline'"]}
    ):
        found = wrong("/", enter())

    assert list(found) == ["Content-Security-Policy"]


def test_over_https_the_browser_is_told_to_stay_there(enter: Enter) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        secure = enter().get("/", secure=True)
        plain = enter().get("/")

    assert secure["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain


def test_every_answer_has_a_number_of_its_own(enter: Enter) -> None:
    client = enter()

    numbers = {client.get(path)["X-Request-Id"] for path in PLACES}

    assert len(numbers) == len(PLACES)
