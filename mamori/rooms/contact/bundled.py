"""That one side wrote, told to the other: once, and not again for an hour unless it has done something since."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.ground.cases.facts import case_of
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import spoken
from mamori.rooms.contact import keeping, notices, owing, turnnotices
from mamori.rooms.contact.mediating import handler
from mamori.rooms.contact.models import Proposal, Thread
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.topics import TOPICS, Topic

QUIET = timedelta(hours=1)
"""For so long what one side writes goes with the notice that the other side has already."""


def notify_buyer_answered(thread: Thread, at: datetime, *, until: datetime | None) -> None:
    """Tell the buyer that the seller has answered, and until when the buyer's word is awaited where it is."""
    name, to = keeping.about(thread), f"buyer:{thread.buyer_ref}"
    template = notices.ANSWERED_MEANWHILE if until is None else notices.ANSWERED
    told = _last_notified(name, to, (template.code,))
    if _is_news(told, _last_deed(thread, by_seller=False), at):
        values = {} if until is None else {"until": spoken(until)}
        keeping.notify(to, template, thread, at, **values)


def notify_wrote(thread: Thread, at: datetime) -> str | None:
    """Tell whom the buyer's words are for, and return what the case asks from now on, if that is news.

    They are for the seller; while the operator refunds, for who handles that, and the seller hears of nothing.
    """
    trouble = keeping.trouble_of(thread)
    if trouble is None or owing.owed_to_buyer(trouble) is not Owed.REMEDY:
        _notify_seller_wrote(thread, at)
        return None
    name, to = keeping.about(thread), handler(trouble)
    if _is_news(_last_notified(name, to, (turnnotices.WROTE_OF_REFUND.code,)), None, at):
        keeping.notify(to, turnnotices.WROTE_OF_REFUND, trouble, at)
    return case_of(name).attention or "buyer-wrote"


def _notify_seller_wrote(thread: Thread, at: datetime) -> None:
    """Tell the seller that the buyer wrote again; the inquiry itself was told already."""
    name, to = keeping.about(thread), f"seller:{thread.seller_ref}"
    told = _last_notified(name, to, (notices.INQUIRY.code, notices.BUYER_WROTE.code))
    if _is_news(told, _last_deed(thread, by_seller=True), at):
        keeping.notify(to, notices.BUYER_WROTE, thread, at, topic=TOPICS[Topic(thread.topic)])


def _is_news(told: datetime | None, acted: datetime | None, at: datetime) -> bool:
    return told is None or at >= told + QUIET or (acted is not None and acted >= told)


def _last_notified(name: str, to: str, templates: tuple[str, ...]) -> datetime | None:
    newest = outbox.notices(about=name, to=to, templates=templates, limit=1)
    return newest[0].at if newest else None


def _last_deed(thread: Thread, *, by_seller: bool) -> datetime | None:
    """Return when that side last wrote, proposed or agreed; what it writes now is not told to itself."""
    wrote = thread.messages.filter(by_seller=by_seller).order_by("-number").values_list("at", flat=True)
    side = "seller" if by_seller else "buyer"
    agreed = Proposal.objects.filter(trouble__thread=thread, **{f"{side}_agreed_at__isnull": False})
    moments = [*wrote[:1], *agreed.order_by("-number").values_list(f"{side}_agreed_at", flat=True)[:1]]
    return max(moments, default=None)
