"""This room's part of the desk's case page: a payout that waits and why, or two names side by side."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.payouts.decisions import COMPARE, DECISIONS
from mamori.rooms.payouts.queries.names import NameShown, account_row, name_of
from mamori.rooms.payouts.queries.payouts import PayoutShown, payout_of
from mamori.rooms.payouts.staffforms import NameForm

DONE = {one.slug: one.done for one in DECISIONS}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page."""
    if case.kind == "payouts.account":
        return _of_account(request, case)
    return _of_payout(request, case, case_page)


def _of_account(request: Visit, case: CaseFact) -> MatterPage:
    row = account_row(int(case.about.partition(":")[2]))
    name = name_of(row, at=request.received_at)
    return MatterPage(
        sections=of_account(name),
        offers=offers(
            (COMPARE,),
            name,
            hand_of(request).role,
            lambda slug: reverse("payouts_staff:name", args=(row.pk,)),
            form=lambda decision: NameForm,
            initial=name_seen(name),
        ),
    )


def name_seen(name: NameShown) -> dict[str, Any]:
    """Return what stands in the form when it is opened: the version of the registered name that is shown."""
    return {"seen": name.seen}


def of_account(name: NameShown, *, case_page: str = "") -> tuple[Section, ...]:
    """Return what is shown of an account, on the page of its case and, with the way there, where its name is decided on."""
    shown = {"name": name, "case": case_page.format(number=name.case) if name.case else ""}
    return sections("payouts/staff/account", (PagePart.FACTS, PagePart.HISTORY), shown)


def _of_payout(request: Visit, case: CaseFact, case_page: str) -> MatterPage:
    hand = hand_of(request)
    page = payout_of(hand, case.about.partition(":")[2])
    offered = offers(
        DECISIONS,
        page,
        hand.role,
        lambda slug: reverse(f"payouts_staff:{slug}", args=(case.number,)),
        form=by_verb,
        initial=initial(page),
    )
    is_heads_alone = page.asks and not offered
    told = sections("payouts/staff/payout", (PagePart.DEEDS,) if is_heads_alone else (), {})
    return MatterPage(
        sections=of_payout(page, case_page=case_page) + told,
        offers=None if is_heads_alone else offered,
        done=just_done(hand, case.about, DONE.get(request.GET.get("done", ""))),
    )


def initial(page: PayoutShown) -> dict[str, Any]:
    """Return what stands in the forms when they are opened: all that waits."""
    return {"amount": page.payout.waits}


def of_payout(page: PayoutShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of a payout that waits, on its page and beside each decision on it."""
    shown = {
        "page": page,
        "reasons": [(one, case_page.format(number=one.case) if one.case else "") for one in page.reasons],
    }
    parts = (PagePart.FACTS, PagePart.HISTORY, *((PagePart.WORK,) if page.proposal else ()))
    return sections("payouts/staff/payout", parts, shown)
