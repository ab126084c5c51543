"""This room's part of the desk's case page: a payout that waits and why, or two names side by side."""

from __future__ import annotations

from django.urls import reverse

from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.payouts.decisions import DECISIONS
from mamori.rooms.payouts.queries.names import account_row, name_of
from mamori.rooms.payouts.queries.payouts import PayoutShown, payout_of

DONE = {one.slug: one.done for one in DECISIONS}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page.

    :raises NoSuchPayout, NoSuchAccount: when there is no such thing any more.
    """
    if case.kind == "payouts.account":
        return _of_account(request, case)
    return _of_payout(request, case, case_page)


def _of_account(request: Visit, case: CaseFact) -> MatterPage:
    row = account_row(int(case.about.partition(":")[2]))
    shown = {"name": name_of(row, at=request.received_at)}
    parts = (PagePart.FACTS, PagePart.HISTORY, PagePart.DEEDS)
    return MatterPage(sections=sections("payouts/staff/account", parts, shown))


def _of_payout(request: Visit, case: CaseFact, case_page: str) -> MatterPage:
    hand = hand_of(request)
    page = payout_of(hand, case.about.partition(":")[2])
    offered = offers(
        DECISIONS, page, hand.role, lambda slug: reverse(f"payouts_staff:{slug}", args=(case.number,))
    )
    is_heads_alone = page.asks and not offered
    told = sections("payouts/staff/payout", (PagePart.DEEDS,) if is_heads_alone else (), {})
    return MatterPage(
        sections=of_payout(page, case_page=case_page) + told,
        offers=None if is_heads_alone else offered,
        done=just_done(hand, case.about, DONE.get(request.GET.get("done", ""))),
    )


def of_payout(page: PayoutShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of a payout that waits, on its page and beside each decision on it."""
    shown = {
        "page": page,
        "reasons": [(one, case_page.format(number=one.case) if one.case else "") for one in page.reasons],
    }
    parts = (PagePart.FACTS, PagePart.HISTORY, *((PagePart.WORK,) if page.proposal else ()))
    return sections("payouts/staff/payout", parts, shown)
