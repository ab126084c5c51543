"""How an address is asked, and what the answer amounts to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from mamori.ground.people import limits
from tests.permissions import (
    accidents,
    activities,
    agencies,
    alerts,
    clarifications,
    counselling,
    guidance,
    hits,
)
from tests.permissions.complaints import numbers
from tests.permissions.insight import improvement
from tests.permissions.measures import places
from tests.permissions.world import Persona, World, party_token

_AWAY = ("/account/login/", "/in/", "/account/factors/", "/account/reauthenticate/")
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


class Outcome(StrEnum):
    """What an answer amounts to."""

    ENTERED = "entered"
    SENT_AWAY = "sent away"  # to sign in, to enrol, or to prove oneself again
    REFUSED = "refused"
    HIDDEN = "hidden"  # as if there were nothing
    NO_METHOD = "no such method"
    FAULT = "fault"


SHUT = frozenset({Outcome.SENT_AWAY, Outcome.REFUSED, Outcome.HIDDEN})


def outcome(answer: HttpResponse, asked: str = "") -> Outcome:
    """Say what an answer amounts to; a page that leads to itself, as a sign-in page may, has let one in."""
    status = answer.status_code
    if status in (301, 302, 303, 307):
        goes = answer["Location"].partition("?")[0]
        return Outcome.SENT_AWAY if goes in _AWAY and goes != asked else Outcome.ENTERED
    match status:
        case 401 | 403:
            return Outcome.REFUSED
        case 404 | 410:
            return Outcome.HIDDEN
        case 405:
            return Outcome.NO_METHOD
    is_ill = (
        status == 503 and asked == "/health/ready"
    )  # it says so of a house without a worker, as it should
    return Outcome.FAULT if status >= 500 and not is_ill else Outcome.ENTERED


def filled(path: str, world: World, values: dict[str, str]) -> str:
    """Return the address with the matter's numbers in its places; `values` come before what the world has.

    A value may be another place of the world, as in `{"number": "<receipt>"}`.
    """
    known = {
        "number": world.case,
        "case": world.case,
        "thread": f"thr_{world.thread}",
        "trouble": str(world.trouble),
        "recovery": str(world.recovery),
        "proposal": f"prp_{world.proposal}",
        "formal": f"fml_{world.formal}",
        "run": str(world.run),
        "receipt": str(world.receipt),
        "receipt_address": world.receipt_address,
        "request": str(world.request),
        "disclosure": str(world.disclosure),
        "inquiry": str(world.inquiry),
        "disclosure_case": world.disclosure_case,
        "campaign": str(world.outreach.campaign),
        "told": str(world.outreach.told),
        "news": str(world.outreach.news),
        "account": str(world.account),
    }
    if path.startswith("/desk/agencies/"):
        known |= agencies.numbers()
    if path.startswith("/desk/requests/"):
        known |= hits.numbers()
    if "alerts" in path or "warnings" in path:
        known |= alerts.numbers()
    if "guidance" in path or "safe-use" in path:
        known |= guidance.numbers()
    if "activities" in path:
        known |= activities.numbers()
    if "accidents" in path:
        known |= accidents.numbers()
    if "complaints" in path:
        known |= numbers()
    if "clarifications" in path:
        known |= clarifications.numbers()
    if any(part in path for part in ("consultations", "consents", "counsellors")):
        known |= counselling.numbers()
    if "insight" in path:
        known |= improvement()
    if "editions" in path or "/reports/" in path:
        known |= places()
    if path.startswith("/api/"):
        known["receipt"] = f"rct_{world.receipt}"
    known |= {name: _PLACE.sub(lambda place: known[place[1]], value) for name, value in values.items()}
    return _PLACE.sub(lambda place: known[place[1]], path)


def ask(
    persona: Persona, method: str, path: str, world: World, body: Mapping[str, str | bool | int]
) -> HttpResponse:
    """Knock once and undo whatever followed: no knock changes what the next one finds, and none is one too many."""
    limits.forget()
    client = persona.client
    cookies = client.cookies.copy()
    headers = dict(persona.headers)
    is_api = path.startswith("/api/")
    if is_api:
        handler = client.handler  # loaded once: the middleware looks at every static file
        client, headers = Client(), headers | _api_headers(persona, world)
        client.handler = handler
    with _Undone():
        answer = client.generic(
            method,
            path,
            json.dumps(body) if is_api else urlencode(body),
            headers=headers,
            content_type="application/json" if is_api else "application/x-www-form-urlencoded",
        )
        body = b"".join(answer) if answer.streaming else answer.content
    client.cookies = cookies
    answer.seen = body.decode("utf-8", "replace")
    return answer


def _api_headers(persona: Persona, world: World) -> dict[str, str]:
    headers = {"idempotency-key": "knock-0000-0001"}
    if persona.who:
        headers |= {
            "authorization": f"Bearer {world.api_key}",
            "mamori-party": party_token(world, persona.who),
        }
    return headers


class _Undone:
    """A block of which nothing stays."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *fault: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def texts(answer: HttpResponse) -> Iterator[str]:
    """Yield what the answer shows."""
    yield answer.seen
    yield from (f"{name}: {value}" for name, value in answer.items())
