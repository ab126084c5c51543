"""Search: by what a case is called and whom it concerns; and in words that are open to the centre, which is recorded."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from mamori.doors.desk.people import staff
from mamori.doors.desk.views.queue import CaseRow, ref_of, rows
from mamori.grammar.actor import STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped, Searched, SearchTooShort
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.rooms.contact import actions as contact

MOST = 100
QUICK = 8


@open_to(*STAFF)
def search(request: Visit) -> HttpResponse:
    """Find cases by number, order, buyer, seller, shop and topic; by a POST, as it is recorded, in words open to the centre.

    With `?quick` it answers while somebody types.
    """
    if request.method == "POST":
        return _words(request)
    if "quick" in request.GET:
        return _quick(request)
    text = _text(request.GET.get("q", ""))
    if not text:
        return _page(request, text, None)
    if (case := _numbered(text)) is not None:
        return HttpResponseRedirect(reverse("desk:case", args=(case.number,)))
    try:
        found = cases.search(text, before=_before(request.GET.get("before", "")))
    except SearchTooShort as short:
        return _page(request, text, None, fault=short.sentence, status=422)
    return _page(request, text, found)


def _quick(request: Visit) -> JsonResponse:
    """Find a party, an order and a few cases while somebody types, as a list of text, why and href; too short finds none."""
    text = _text(request.GET.get("q", ""))
    numbered = _numbered(text)
    try:
        found = [hit.case for hit in cases.search(text).hits] if numbered is None else [numbered]
    except SearchTooShort:
        found = []
    known = {case.id: case for case in found}
    shown = rows(list(known.values())[:QUICK], staff(request.received_at), at=request.received_at)
    ways = [{"text": localized(what), "why": "", "href": address} for what, address in _exact(text)]
    return JsonResponse([*ways, *map(_line, shown)], safe=False)


def _line(row: CaseRow) -> dict[str, str]:
    state = f"{row.case.number} · {localized(row.kind)} · {localized(row.state)}"
    return {
        "text": " · ".join(one for one in (localized(row.topic), row.shop) if one),
        "why": state,
        "href": reverse("desk:case", args=(row.case.number,)),
    }


def _words(request: Visit) -> HttpResponse:
    text = _text(request.POST.get("q", ""))
    try:
        found = contact.search_words(
            actor_of(request), text=text, before=_before(request.POST.get("before", ""))
        )
    except SearchTooShort as short:
        return _page(request, text, None, in_words=True, fault=short.sentence, status=422)
    return _page(request, text, found, in_words=True)


def _page(
    request: Visit,
    text: str,
    found: Searched | None,
    *,
    in_words: bool = False,
    fault: Text | None = None,
    status: int = 200,
) -> HttpResponse:
    known = {hit.case.id: hit.case for hit in found.hits} if found else {}
    shown = {
        "q": text,
        "in_words": in_words,
        "fault": fault,
        "found": found,
        "rows": rows(list(known.values()), staff(request.received_at), at=request.received_at),
        "exact": _exact(text) if text and not in_words else [],
    }
    return render(request, "desk/search.html", shown, status=status)


def _text(given: str) -> str:
    return given.replace("\0", "").strip()[:MOST]


def _before(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _numbered(text: str) -> CaseFact | None:
    """Return the case whose number the text is, if it is one."""
    try:
        return cases.by_number(text)
    except CaseNumberMistyped:
        return None


def _exact(text: str) -> list[tuple[Text, str]]:
    """Return the ways to the open cases of just this order, seller or buyer."""
    home = reverse("desk:queue")
    ways: tuple[tuple[str, Callable[[str], object], Text], ...] = (
        ("order", market.order, Text("注文", "Order")),
        ("seller", market.seller, Text("出品者", "Seller")),
        ("buyer", market.buyer, Text("購入者", "Buyer")),
    )
    return [
        (Text(f"{what.ja} {text}", f"{what.en} {text}"), f"{home}?{urlencode({name: ref})}")
        for name, look, what in ways
        if look(ref := ref_of(name, text))
    ]
