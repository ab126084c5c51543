"""This room's part of the desk's case page: a payout that waits and why, or two names side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.decision import done_by
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.payouts.queries.names import account_row, name_of
from mamori.rooms.payouts.queries.payouts import payout_of
from mamori.rooms.payouts.views.staff.deeds import DECISIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the desk puts on the case's page."""

    work: str
    history: str
    facts: str
    deeds: str
    done: Text | None


def panel(request: Visit, case: CaseFact, *, case_page: str) -> Panel:
    """Return the room's part of the case page.

    :raises NoSuchPayout, NoSuchAccount: when there is no such thing any more.
    """
    if case.kind == "payouts.account":
        return _of_account(request, case)
    return _of_payout(request, case, case_page)


def _of_account(request: Visit, case: CaseFact) -> Panel:
    row = account_row(int(case.about.partition(":")[2]))
    shown = {"name": name_of(row, at=request.received_at)}
    return Panel(
        work="",
        history=_drawn("account_history", shown, request),
        facts=_drawn("account_facts", shown, request),
        deeds=_drawn("account_deeds", shown, request),
        done=None,
    )


def _of_payout(request: Visit, case: CaseFact, case_page: str) -> Panel:
    hand = hand_of(request)
    page = payout_of(hand, case.about.partition(":")[2])
    shown = {
        "page": page,
        "number": case.number,
        "reasons": [(one, case_page.format(number=one.case) if one.case else "") for one in page.reasons],
        "deeds": [
            (one, reverse(f"payouts_staff:{one.slug}", args=(case.number,)))
            for one in DECISIONS
            if one.is_open_to(hand.role, page)
        ],
    }
    return Panel(
        work=_drawn("payout_work", shown, request) if page.proposal else "",
        history=_drawn("payout_history", shown, request),
        facts=_drawn("payout_facts", shown, request),
        deeds=_drawn("payout_deeds", shown, request),
        done=_just_done(hand, case.about, request.GET.get("done", "")),
    )


def _just_done(hand: Hand, about: str, deed: str) -> Text | None:
    """Return the sentence of what this hand has just done, by the record and not by the address."""
    act = ledger.last_of(hand, about) if deed else None
    return done_by(DECISIONS, deed, act.kind if act else None)


def _drawn(name: str, shown: dict[str, Any], request: Visit) -> str:
    return render_to_string(f"payouts/staff/{name}.html", shown, request)
