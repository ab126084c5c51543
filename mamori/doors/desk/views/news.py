"""What is new since a page of the desk was drawn: the open page asks once a minute, and says it quietly."""

from __future__ import annotations

from datetime import datetime

from django.http import JsonResponse
from django.urls import reverse

from mamori.doors.desk.asking import DANGER
from mamori.grammar.hand import STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseNumberMistyped
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.access import by_itself, open_to
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import told

DANGERS = 3
OPEN_IT = Text("案件を開く", "Open the case")
LOOKS = ("contact.look", "contact.look_formal", "contact.see_contact")
"""Somebody looked: that changes nothing."""
REPORTED = Text("危険の申告があります", "A danger was reported")
"""What is said aloud, and all that a browser's notice says beside the number."""


@open_to(*STAFF)
@by_itself
def news(request: Visit) -> JsonResponse:
    """Say what is new about the matter that is open and about one's own cases, and which dangers stand, in three looks.

    It names kinds of news, numbers and addresses: nothing that anybody wrote.
    """
    row, since = _row(request.GET.get("case", "")), _since(request.GET.get("since", ""), request.received_at)
    here = "" if row is None else cases.number_of(row)
    numbers = cases.followed(request.presence.who, case=row)
    new = {numbers[about] for about in ledger.done_since(numbers, since, but=LOOKS)} if numbers else set()
    found = [*_here(here, new), *_mine(new - {here}), *_dangers(here)]
    return JsonResponse({"at": request.received_at.isoformat(), "news": found})


def _here(here: str, new: set[str]) -> list[dict[str, str]]:
    if here not in new:
        return []
    text = Text("この案件に新しい動きがあります", "Something new was done in this case")
    return [_told("here", text, Text("読み込み直す", "Load it again"), _case(here))]


def _mine(new: set[str]) -> list[dict[str, str]]:
    if not new:
        return []
    text = Text(
        "ご担当の案件に新しい動きがあります（{n}件）", "Something new was done in cases of yours ({n})"
    )
    if len(new) == 1:
        return [_told("mine", text.fill(n=1), OPEN_IT, _case(*new))]
    mine = f"{reverse('desk:queue')}?view=mine"
    return [_told("mine", text.fill(n=len(new)), Text("自分の担当を見る", "See your cases"), mine)]


def _dangers(here: str) -> list[dict[str, str]]:
    return [
        _told("danger", REPORTED, OPEN_IT, _case(case.number)) | {"number": _grouped(case.number)}
        for case in cases.asking_for(DANGER, limit=DANGERS)
        if case.number != here
    ]


def _told(kind: str, text: Text, way: Text, href: str) -> dict[str, str]:
    return {"kind": kind, "text": told(text), "way": told(way), "href": href}


def _case(number: str) -> str:
    return reverse("desk:case", args=(number,))


def _grouped(number: str) -> str:
    return f"{number[:4]}\N{NO-BREAK SPACE}{number[4:]}"


def _row(number: str) -> int | None:
    try:
        return cases.id_of(number)
    except CaseNumberMistyped:
        return None


def _since(written: str, now: datetime) -> datetime:
    """Return since when; what cannot be read, and what is to come, is now, so that nothing is new."""
    try:
        since = datetime.fromisoformat(written)
    except ValueError:
        return now
    return now if since.tzinfo is None else min(since, now)
