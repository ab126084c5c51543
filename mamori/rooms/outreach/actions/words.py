"""What becomes of a campaign at one seller: it says that it read it and checked its display, or is gone."""

from __future__ import annotations

from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import Kind, Performance, perform
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach import notices
from mamori.rooms.outreach.actions.matter import NoSuchCampaign, about, about_told, count_day
from mamori.rooms.outreach.lifecycle import TOLD
from mamori.rooms.outreach.models import WAITS, SellerTold
from mamori.rooms.outreach.rules.campaigns import digest_of


def acknowledge(hand: Hand, *, told: int) -> None:
    """Say that a campaign was read and the display checked; whoever acts for the seller may, and it is kept who did.

    What was read, and how the display stood, is kept with it.
    """
    with perform(hand, TOLD_TO, told) as act:
        act.step("acknowledge")
        one = act.matter
        one.closed_at, one.by = hand.at, hand.role.value
        notice = notices.sent(one.seller_ref, [one.campaign.code]).get(about(one.campaign_id))
        display = displays.display(one.seller_ref)
        one.act = act.record(
            "acknowledge",
            words=digest_of(notice.title, notice.body) if notice else "",
            display=display.state.value,
            version=display.version,
        )
        act.save("closed_at", "by", "act")
        count_day(one.campaign_id, hand.at, acknowledged=1)


def close_told(hand: Hand, *, seller_ref: str) -> None:
    """Wait no more for a seller who is gone."""
    waiting = SellerTold.objects.filter(WAITS, seller_ref=seller_ref).order_by("pk")
    for number in waiting.values_list("pk", flat=True):
        with perform(hand, TOLD_TO, number) as act:
            act.step("close")
            act.matter.closed_at = hand.at
            act.save("closed_at")
            act.record("close")


def _record(act: Performance[SellerTold], verb: str, *events: Event, **told: Any) -> int:
    del events
    row = act.matter
    return ledger.record(
        act.hand,
        kind=f"outreach.{verb}",
        subject=f"seller:{row.seller_ref}",
        about=about_told(row.pk),
        payload={"campaign": row.campaign_id, "state": row.state, **told},
    )


def _find(hand: Hand, number: int, version: int | None) -> SellerTold:
    del version
    row = (
        SellerTold.objects.select_related("campaign")
        .select_for_update(of=("self",))
        .filter(pk=number)
        .first()
    )
    if row is None or not (hand.role is Role.MACHINE or hand.is_sellers(row.seller_ref)):
        raise NoSuchCampaign
    return row


TOLD_TO: Kind[SellerTold, int] = Kind(
    chart=TOLD,
    find=_find,
    case=lambda one: about_told(one.pk),
    record=_record,
    settle=lambda act: None,
)
