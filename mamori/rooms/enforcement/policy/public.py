"""What everybody may read of the policy: the version in force and the next one, as a page and for machines."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit
from mamori.law.breaches import BREACHES, OFFERED
from mamori.law.citations import OPERATOR
from mamori.law.deadlines import APPEAL_WINDOW, BREACH_HEARING
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.policy import queries, records
from mamori.rooms.enforcement.policy.forms import ThreeQuestionsForm
from mamori.rooms.enforcement.policy.records import NoSuchPolicy
from mamori.rooms.enforcement.policy.rules import table
from mamori.rooms.enforcement.policy.rules.judging import InForce

MOST_CHANGES = 10
"""So many changes stand above the table; all of them are marked in it."""


@open_to(*EVERYONE)
def policy(request: Visit) -> HttpResponse:
    """Show the policy in force."""
    return _page(request, records.in_force(request.received_at), is_in_force=True)


@open_to(*EVERYONE)
def version(request: Visit, number: int) -> HttpResponse:
    """Show one published version, or that it was given up: a decision rests on the one that bound on its day."""
    found, day = queries.published(number), queries.given_up(number)
    if day:
        shown = {"number": number, "day": day}
        return render(request, "enforcement/policy/given_up.html", shown, status=410)
    if found is None:
        raise NoSuchPolicy()
    return _page(request, found, is_in_force=records.in_force(request.received_at).number == number)


def _page(request: Visit, found: InForce, *, is_in_force: bool) -> HttpResponse:
    coming, at = queries.announced(request.received_at), request.received_at
    is_coming = coming is not None and coming.number == found.number
    before = records.in_force(at)
    changes = list(queries.difference(before.table, found.table)) if is_coming else []
    asks = ThreeQuestionsForm(request.GET if "breach" in request.GET else None)
    shown = {
        "asks": asks,
        "fitting": queries.fitting(found.table, asks.cleaned_data) if asks.is_valid() else [],
        "breaches": OFFERED,
        "by_operator": OPERATOR,
        "policy": found,
        "is_in_force": is_in_force,
        "is_coming": is_coming,
        "before": before,
        "changes": changes[:MOST_CHANGES],
        "more": max(len(changes) - MOST_CHANGES, 0),
        "groups": queries.groups(found.table, since=before.table if is_coming else None),
        "next": coming if coming and coming.number != found.number else None,
        "measures": MEASURES,
        "hearing": terms.duration(BREACH_HEARING, at=at).count,
        "appeal": terms.duration(APPEAL_WINDOW, at=at).count,
    }
    return render(request, "enforcement/policy/public.html", shown)


@open_to(*EVERYONE)
def machine(request: Visit) -> HttpResponse:
    """Give the policy in force, and the next one, for machines."""
    coming = queries.announced(request.received_at)
    body = {
        "in_force": _told(records.in_force(request.received_at)),
        "next": _told(coming) if coming else None,
        "breaches": {one.code: {"ja": one.title.ja, "en": one.title.en} for one in BREACHES},
        "measures": {
            one.code: {"ja": one.title.ja, "en": one.title.en, "gravity": one.gravity} for one in MEASURES
        },
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _told(policy: InForce) -> dict[str, Any]:
    return {"number": policy.number, "since": policy.since.isoformat(), **table.stored(policy.table)}
