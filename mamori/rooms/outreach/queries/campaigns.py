"""Campaigns as staff read them, with their figures and the mail as it will read; and as a seller reads what it was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.history import PastAct, past_of
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact, NoticeState
from mamori.ground.post import facts as post
from mamori.ground.post.facts import Specimen
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.outreach import (
    CAMPAIGNS,
    OUTREACH_HOUR,
    OUTREACH_HOURLY,
    OUTREACH_REMINDER,
    Audience,
    DeclaredCampaign,
)
from mamori.rooms.display import facts as displays
from mamori.rooms.display.facts import DisplayFact
from mamori.rooms.outreach import notices
from mamori.rooms.outreach.acts import BY_STAFF
from mamori.rooms.outreach.lifecycle import CAMPAIGN, LIVE, TOLD, CampaignState, ToldState
from mamori.rooms.outreach.models import Campaign, CampaignDay, SellerTold

AWAITED = Text("お返事をお待ちしています", "Your word is awaited")
ENDING = ("stop", "finish")
"""What may be done about a campaign that tells what is declared no more."""
RETIRED = Text("いまは行わない案内（{code}）", "Told no more ({code})")
ROLES = {
    "seller": Text("出品者", "the seller"),
    "delegate": Text("代理担当", "somebody who acts for it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignShown:
    """A campaign: what it tells to whom, how it stands, to how many it would go; what it tells may be declared no more."""

    number: int
    code: str
    declared: DeclaredCampaign | None
    audience: Audience
    state: CampaignState
    drafted_at: datetime
    counted_at: datetime | None
    started_at: datetime | None
    goes_on_at: datetime | None
    found: int
    told_before: int
    unknown: int
    sample: tuple[str, ...]
    version: int

    @property
    def title(self) -> Text:
        """Say what it tells."""
        return self.declared.title if self.declared else RETIRED.fill(code=self.code)

    @property
    def tells_again(self) -> bool:
        """Say whether some would be told the same again."""
        return self.told_before > 0 and self.audience is not Audience.UNTOLD

    @property
    def audience_text(self) -> Text:
        """Say to whom."""
        return self.audience.text

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CAMPAIGN.states[self.state]

    @property
    def is_draft(self) -> bool:
        """Say whether nobody was told yet."""
        return self.state is CampaignState.DRAFTED

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        is_open = any(one.name == step and self.state in one.moves for one in CAMPAIGN.steps)
        return is_open and (self.declared is not None or step in ENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFigures:
    """So many of the notices reached who carries them on, so many are under way, so many nobody carries; and day by day."""

    told: int
    reminded: int
    acknowledged: int
    delivered: int
    under_way: int
    undelivered: int
    days: tuple[DayShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of a campaign."""

    on: date
    told: int
    reminded: int
    acknowledged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldShown:
    """What a campaign told a seller, word by word as it was sent, and what the seller said; `receipt` proves that.

    `display` is how the seller's display stands, where the seller is about to say that it checked it.
    """

    number: int
    seller_ref: str
    declared: DeclaredCampaign | None
    title: Text
    body: Text
    state: ToldState
    told_at: datetime
    reminded_at: datetime | None
    answered_at: datetime | None
    by: Text | None
    receipt: str
    display: DisplayFact | None = None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return AWAITED if self.is_waiting else TOLD.states[self.state]

    @property
    def is_waiting(self) -> bool:
        """Say whether the seller has not answered."""
        return self.state is ToldState.WAITING


def campaigns(rows: Iterable[Campaign]) -> tuple[CampaignShown, ...]:
    """Return campaigns as staff read them."""
    return tuple(map(_campaign, rows))


def campaign(number: int) -> CampaignShown | None:
    """Return a campaign, or nothing."""
    row = Campaign.objects.filter(pk=number).first()
    return _campaign(row) if row else None


def figures(number: int) -> CampaignFigures:
    """Return what has come of a campaign, the latest day first."""
    days = [
        DayShown(on=row.on, told=row.told, reminded=row.reminded, acknowledged=row.acknowledged)
        for row in CampaignDay.objects.filter(campaign=number).order_by("-on")
    ]
    shown = campaign(number)
    counted = outbox.notices_counted(_about(number))
    code = notices.code_of(shown.code) if shown else ""
    return CampaignFigures(
        told=sum(one.told for one in days),
        reminded=sum(one.reminded for one in days),
        acknowledged=sum(one.acknowledged for one in days),
        delivered=counted.get((code, NoticeState.DELIVERED), 0),
        under_way=counted.get((code, NoticeState.UNDER_WAY), 0),
        undelivered=counted.get((code, NoticeState.KEPT), 0),
        days=tuple(days),
    )


def steps_of(number: int) -> tuple[PastAct, ...]:
    """Return what staff did about a campaign, the newest first."""
    return past_of(_about(number), BY_STAFF)[::-1]


def sample_of(shown: CampaignShown) -> tuple[tuple[str, str], ...]:
    """Return a few sellers to whom it goes: the reference and the shop's name of each."""
    names = market.shop_names(shown.sample)
    return tuple((ref, names.get(ref, "")) for ref in shown.sample)


def mail_of(shown: CampaignShown, template: Template | None, at: datetime) -> tuple[Specimen, ...]:
    """Return the mail in both languages as the first of the sample would get it now; none where it is declared no more."""
    if template is None:
        return ()
    ref = shown.sample[0] if shown.sample else ""
    name = market.shop_names([ref]).get(ref, "") if ref else ""
    given = {"to": f"seller:{ref}", "name": name, "about": _about(shown.number)}
    return post.specimens(template, _values(at), **given, at=at)


def hours_needed(shown: CampaignShown, at: datetime) -> int:
    """Return within how many hours all are told, as fast as may be."""
    return -(-shown.found // terms.setting(OUTREACH_HOURLY, at=at))


def told_to(seller_ref: str, *, limit: int = 50) -> tuple[ToldShown, ...]:
    """Return what a seller was told, the newest first."""
    rows = SellerTold.objects.filter(seller_ref=seller_ref).select_related("campaign").order_by("-id")
    return _told(rows[:limit])


def told_one(seller_ref: str, number: int) -> ToldShown | None:
    """Return one of the things that a seller was told, and how its display stands; or nothing."""
    rows = SellerTold.objects.filter(seller_ref=seller_ref, pk=number).select_related("campaign")
    found = _told(rows)
    return replace(found[0], display=displays.display(seller_ref)) if found else None


def _values(at: datetime) -> dict[str, Text]:
    return {"due": spoken(due(Runs(OUTREACH_REMINDER, since=at)))}


def _campaign(row: Campaign) -> CampaignShown:
    rests = row.rests_since if row.state in LIVE else None
    return CampaignShown(
        number=row.pk,
        code=row.code,
        declared=CAMPAIGNS.get(row.code),
        audience=Audience(row.audience),
        state=CampaignState(row.state),
        drafted_at=row.drafted_at,
        counted_at=row.counted_at,
        started_at=row.started_at,
        goes_on_at=due(Runs(OUTREACH_HOUR, since=rests)) if rests else None,
        found=row.found,
        told_before=row.told_before,
        unknown=row.unknown,
        sample=tuple(row.sample),
        version=row.version,
    )


def _told(rows: Iterable[SellerTold]) -> tuple[ToldShown, ...]:
    found = list(rows)
    acts = [row.act for row in found if row.act is not None]
    receipts = ledger.addresses_of(acts) if acts else {}
    sent = notices.sent(found[0].seller_ref, {row.campaign.code for row in found}) if found else {}
    return tuple(_shown(row, sent[_about(row.campaign_id)], receipts.get(row.act or 0, "")) for row in found)


def _shown(row: SellerTold, notice: NoticeFact, receipt: str) -> ToldShown:
    return ToldShown(
        number=row.pk,
        seller_ref=row.seller_ref,
        declared=CAMPAIGNS.get(row.campaign.code),
        title=Text(**notice.title),
        body=Text(**notice.body),
        state=ToldState(row.state),
        told_at=row.told_at,
        reminded_at=row.reminded_at,
        answered_at=row.closed_at if row.state == ToldState.ACKNOWLEDGED else None,
        by=ROLES.get(row.by),
        receipt=receipt,
    )


def _about(number: int) -> str:
    return f"outreach.campaign:{number}"
