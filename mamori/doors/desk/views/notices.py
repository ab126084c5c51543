"""The notices that were given: to whom, what they said, whether they arrived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.desk.people import staff
from mamori.grammar.hand import HEADS, STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.registry import lifecycles
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact
from mamori.ground.web.access import open_to
from mamori.ground.web.paging import Page
from mamori.ground.web.signs import Visit

SIZE = 50
MOST = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A notice in words."""

    notice: NoticeFact
    title: Text
    body: Text
    to: Text
    state: Text
    case: CaseFact | None


@open_to(*STAFF)
def notices(request: Visit) -> HttpResponse:
    """Show the newest notices, or those to one party; what leads and counsel are told they alone read."""
    to = request.GET.get("to", "").replace("\0", "").strip()[:MOST]
    cursor = request.GET.get("cursor", "")
    before = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else None
    found = outbox.notices(to=to or None, but_to=_others(request), before=before, limit=SIZE + 1)
    page = Page(
        items=tuple(_rows(request, found[:SIZE])),
        next=str(found[SIZE - 1].number) if len(found) > SIZE else "",
    )
    return render(request, "desk/notices.html", {"page": page, "to": to})


def _others(request: Visit) -> frozenset[str]:
    return frozenset() if request.presence.role in HEADS else HEADS


def _rows(request: Visit, found: tuple[NoticeFact, ...]) -> Iterator[Row]:
    people, states = staff(request.received_at), lifecycles()["outbox.notice"].states
    known = cases.cases_of(abouts=[notice.about for notice in found])
    for notice in found:
        yield Row(
            notice=notice,
            title=Text(notice.title["ja"], notice.title["en"]),
            body=Text(notice.body["ja"], notice.body["en"]),
            to=people.named(notice.to),
            state=states[notice.state],
            case=known.get(notice.about),
        )
