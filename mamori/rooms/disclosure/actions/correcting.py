"""What a seller calls outdated of what is registered: it puts it right or confirms it in time, else a person weighs it."""

from __future__ import annotations

from collections.abc import Collection

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.japan.spoken import spoken
from mamori.law.article5 import DISCLOSURE_CORRECTION, SellerItem
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.matter import REQUESTS, of_seller, tell_seller
from mamori.rooms.disclosure.lifecycle import OPEN
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries.known import registered
from mamori.rooms.disclosure.rules import leaving
from mamori.rooms.disclosure.rules.leaving import OutdatedState


class NothingToConfirm(Refusal, code="nothing-to-confirm", status=409):
    """Given when a seller would confirm what it did not call outdated, or what was dealt with already."""

    text = Text(
        "確かめる項目がありません。「開示請求への意見」のページで、いまの状態をご覧ください。",
        "There is nothing to confirm. Please see on the page “Requests for your information” how it stands.",
    )


def confirm_items(hand: Hand, *, request: int, items: Collection[SellerItem]) -> None:
    """Say as the seller that what it called outdated is right as it is registered."""
    with perform(hand, REQUESTS, request) as act:
        act.step("confirm")
        row, now = act.matter, registered(act.matter)
        if not items or not {*items} <= {*leaving.to_confirm(row.outdated, now)}:
            raise NothingToConfirm
        row.outdated = leaving.ended(row.outdated, now, dict.fromkeys(items, OutdatedState.CONFIRMED))
        act.save("outdated")
        act.record("confirm", subject=of_seller(row), items=sorted(items))


def end_correction(hand: Hand, *, request: int) -> None:
    """Go on where the seller did not put right or confirm in time what it called outdated: a person weighs it."""
    with perform(hand, REQUESTS, request) as act:
        row, now = act.matter, registered(act.matter)
        if row.state not in OPEN:
            return
        silent = leaving.awaited(row.outdated, now)
        row.outdated = leaving.ended(row.outdated, now, dict.fromkeys(silent, OutdatedState.SILENT))
        act.save("outdated")
        if silent:
            act.news = "outdated"
        act.record("end_correction", subject=of_seller(row), silent=sorted(silent))


def call_outdated(act: Performance[SellerRequest], items: Collection[SellerItem]) -> None:
    """Note what the seller calls outdated, and ask it to put that right or confirm it."""
    row = act.matter
    before = row.outdated
    row.outdated = leaving.called(before, items, registered(row), asked=row.asked) if items else before
    row.outdated_at = row.outdated_at or (act.hand.at if row.outdated else None)
    act.save("outdated", "outdated_at")
    waiting = [SellerItem(one) for one in row.outdated if row.outdated[one] != before.get(one)]
    waiting = [one for one in waiting if row.outdated[one.value][0] == OutdatedState.WAITING]
    if waiting and row.outdated_at:
        by = spoken(due(Runs(DISCLOSURE_CORRECTION, since=row.outdated_at)))
        tell_seller(act, notices.OUTDATED_ASKED, items=Text.listed(one.text for one in waiting), due=by)
