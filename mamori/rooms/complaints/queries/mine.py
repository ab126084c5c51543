"""A report on the page of its own: how it stands, for whoever made it, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.ground.vault import facts as vault
from mamori.law.complaints import COMPLAINT_WISH_DAYS, ComplaintReason, DangerAnswer, ReportedWhat
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.sealed import about_report, report_by, said_of
from mamori.rooms.complaints.rules import CODE_TRIES, ReportSaid, cannot_ask_again, heard, is_asked_again

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
    """A report as its own page shows it; `why_not_again` says why another look cannot be asked for."""

    number: int
    what: ReportedWhat
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
    said: ReportSaid = field(repr=False)

    @property
    def is_dangerous(self) -> bool:
        """Say whether a danger was reported."""
        return self.reason is ComplaintReason.DANGEROUS

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


def mine(secret: str, *, at: datetime) -> MineShown:
    """Return the report that has this page.

    :raises NoReportHere: when none has.
    """
    row = report_by(secret)
    whole, state = row.complaint, ComplaintState(row.complaint.state)
    until = again_until(whole)
    return MineShown(
        number=row.pk,
        what=ReportedWhat(whole.what),
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
        said=said_of(row),
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
    return bool(whole.listing_ref or whole.seller_ref) or whole.what in (
        ReportedWhat.PLATFORM,
        ReportedWhat.OTHER,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWhat:
    """What a link of the marketplace names: which kind it is, its reference, and its name where it is known."""

    what: ReportedWhat
    ref: str
    name: str = ""


def about_what(listing: str, shop: str, review: str) -> AboutWhat | None:
    """Return what is to be reported by what a link names; it may be unknown here, or deleted."""
    if listing:
        found = market.listing(listing)
        return AboutWhat(what=ReportedWhat.LISTING, ref=listing, name=found.name if found else "")
    if shop:
        name = market.shop_names([shop]).get(shop, "")
        return AboutWhat(what=ReportedWhat.SHOP, ref=shop, name=name)
    if review:
        return AboutWhat(what=ReportedWhat.REVIEW, ref=review)
    return None
