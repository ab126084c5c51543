"""A report on the page of its own: how it stands, for whoever made it, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.ground.vault import facts as vault
from mamori.law.complaints import COMPLAINT_WISH_DAYS, ComplaintReason, DangerAnswer, ReportedWhat
from mamori.law.display import DisplayItem
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.sealed import about_report, report_by, said_of
from mamori.rooms.complaints.queries.things import message_name, message_of
from mamori.rooms.complaints.rules import (
    CODE_TRIES,
    ReportSaid,
    cannot_ask_again,
    heard,
    is_asked_again,
    items_text,
)

STATES = {
    ComplaintState.RECEIVED: Text(
        "受け付けました。まだ結論は出ていません", "received; nothing is decided yet"
    ),
    ComplaintState.ASKING: Text(
        "確かめています（知っている人に尋ね、返答を待っています）",
        "being looked into: somebody who may know is asked, and we wait for the answer",
    ),
    **dict.fromkeys(
        (
            ComplaintState.UPHELD,
            ComplaintState.NOT_UPHELD,
            ComplaintState.OUTSIDE,
            ComplaintState.GONE,
        ),
        Text("結論が出ました", "decided"),
    ),
}
AGAIN = Text("別の担当者が見直しています", "another person looks at it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class MineShown:
    """A report as its own page shows it; `why_not_again` says why another look cannot be asked for.

    `is_dangerous`: it tells of a danger or a harm itself; `was_before`: a danger told after the decision began it anew.
    `interim_at` is when it was last said that nothing is decided yet.
    """

    number: int
    what: ReportedWhat
    where: str
    reason: ComplaintReason
    state: Text
    heard: tuple[Text, ...]
    was_again: bool
    files: int
    is_confirmed: bool
    is_code_sent: bool
    tries_left: int
    received_at: datetime
    why_not_again: Text | None
    again_until: datetime | None
    is_known: bool
    can_mail: bool
    is_dangerous: bool
    is_many: bool
    was_before: bool
    interim_at: datetime | None
    said: ReportSaid = field(repr=False)

    @property
    def waits_for_code(self) -> bool:
        """Say whether an address was left to which no code could be sent."""
        return bool(self.said.mail) and not self.is_code_sent and not self.is_confirmed

    @property
    def is_of_platform(self) -> bool:
        """Say whether the marketplace itself was reported."""
        return self.what is ReportedWhat.PLATFORM

    @property
    def danger(self) -> tuple[Text, ...]:
        """Return what was answered about it."""
        return tuple(DangerAnswer(one).text for one in self.said.danger)

    @property
    def items(self) -> Text | None:
        """Return what of the shop's display was said to be missing or untrue."""
        return items_text(map(DisplayItem, self.said.items)) if self.said.items else None


def mine(secret: str, *, at: datetime) -> MineShown:
    """Return the report that has this page."""
    row = report_by(secret)
    whole, state = row.complaint, ComplaintState(row.complaint.state)
    until, said, message = again_until(whole), said_of(row), message_of(whole.thing)
    return MineShown(
        number=row.pk,
        what=ReportedWhat(whole.what),
        where=message_name(message) if message else said.where,
        reason=ComplaintReason(whole.reason),
        state=AGAIN if is_asked_again(whole) and row.wished_at else STATES[state],
        heard=heard(state, whole.because),
        was_again=whole.again_done_at is not None,
        files=len(vault.files_about(about_report(row.ref))),
        is_confirmed=row.confirmed_at is not None,
        is_code_sent=row.code is not None,
        tries_left=CODE_TRIES - row.code_tries,
        received_at=row.received_at,
        why_not_again=why_not_again(row, at),
        again_until=until,
        is_known=_is_known(whole),
        can_mail=bool(settings.MAMORI_MAIL),
        is_dangerous=whole.reason == ComplaintReason.DANGEROUS or row.is_harmed or row.is_raised,
        is_many=row.is_many,
        was_before=row.before_id is not None,
        interim_at=whole.interim_at if whole.closed_at is None else None,
        said=said,
    )


def again_until(whole: Complaint) -> datetime | None:
    """Return until when another look may be asked for; None while nothing is decided."""
    if whole.decided_at is None:
        return None
    return whole.decided_at + timedelta(days=terms.setting(COMPLAINT_WISH_DAYS, at=whole.decided_at))


def why_not_again(row: ComplaintReport, at: datetime) -> Text | None:
    """Say why whoever made this report cannot ask for another look, or nothing where it can."""
    whole = row.complaint
    return cannot_ask_again(ComplaintState(whole.state), whole.again_at, again_until(whole), at)


def _is_known(whole: Complaint) -> bool:
    """Say whether it was found, or is nothing that the marketplace would have told of."""
    told_of = (ReportedWhat.LISTING, ReportedWhat.SHOP, ReportedWhat.REVIEW)
    return bool(whole.listing_ref or whole.seller_ref) or whole.what not in told_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWhat:
    """What a link of the marketplace names: which kind it is, its reference, and its name where it is known."""

    what: ReportedWhat
    ref: str
    name: str = ""


BY_LINK = (
    ReportedWhat.MESSAGE,
    ReportedWhat.ADVERTISEMENT,
    ReportedWhat.LISTING,
    ReportedWhat.SHOP,
    ReportedWhat.REVIEW,
)
"""What a link names, by a parameter called as it is; of several the first counts."""
LINK_MOST = 500


def about_what(asked: Mapping[str, str]) -> AboutWhat | None:
    """Return what is to be reported by what a link names; it may be unknown here, or deleted."""
    for what in BY_LINK:
        if ref := asked.get(what.value, "")[:LINK_MOST].strip():
            return AboutWhat(what=what, ref=ref, name=_name(what, ref))
    return None


def _name(what: ReportedWhat, ref: str) -> str:
    match what:
        case ReportedWhat.LISTING:
            listing = market.listing(ref)
            return listing.name if listing else ""
        case ReportedWhat.SHOP:
            return market.shop_names([ref]).get(ref, "")
        case ReportedWhat.MESSAGE:
            message = message_of(f"{what.value}:{ref}")
            return message_name(message) if message else ""
    return ""
