"""Campaigns as staff read them, with their figures and the mail as it will read; and as a seller reads what it was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeState
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
from mamori.rooms.outreach.lifecycle import CAMPAIGN, TOLD, CampaignState, ToldState
from mamori.rooms.outreach.models import Campaign, CampaignDay, SellerTold

ROLES = {
    "seller": Text("出品者", "the seller"),
    "delegate": Text("代理担当", "somebody who acts for it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignShown:
    """A campaign: what it tells to whom, how it stands, to how many it would go."""

    number: int
    declared: DeclaredCampaign
    audience: Audience
    state: CampaignState
    drafted_at: datetime
    counted_at: datetime | None
    started_at: datetime | None
    goes_on_at: datetime | None
    found: int
    unknown: int
    sample: tuple[str, ...]

    @property
    def title(self) -> Text:
        """Say what it tells."""
        return self.declared.title

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
        return any(one.name == step and self.state in one.moves for one in CAMPAIGN.steps)


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
    """What a campaign told a seller, word by word, and what the seller said; `receipt` proves that."""

    number: int
    seller_ref: str
    declared: DeclaredCampaign
    title: Text
    body: Text
    state: ToldState
    told_at: datetime
    reminded_at: datetime | None
    answered_at: datetime | None
    by: Text | None
    receipt: str

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return TOLD.states[self.state]

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
    counted = outbox.notices_counted(f"outreach.campaign:{number}")
    code = shown.declared.notice.code if shown else ""
    return CampaignFigures(
        told=sum(one.told for one in days),
        reminded=sum(one.reminded for one in days),
        acknowledged=sum(one.acknowledged for one in days),
        delivered=counted.get((code, NoticeState.DELIVERED), 0),
        under_way=counted.get((code, NoticeState.UNDER_WAY), 0),
        undelivered=counted.get((code, NoticeState.KEPT), 0),
        days=tuple(days),
    )


def sample_of(shown: CampaignShown) -> tuple[tuple[str, str], ...]:
    """Return a few sellers to whom it goes: the reference and the shop's name of each."""
    names = market.shop_names(shown.sample)
    return tuple((ref, names.get(ref, "")) for ref in shown.sample)


def mail_of(shown: CampaignShown, template: Template, at: datetime) -> tuple[Specimen, ...]:
    """Return the mail in both languages as the first of the sample would get it now."""
    ref = shown.sample[0] if shown.sample else ""
    name = market.shop_names([ref]).get(ref, "") if ref else ""
    about = f"outreach.campaign:{shown.number}"
    return post.specimens(template, _values(at), to=f"seller:{ref}", name=name, about=about, at=at)


def hours_needed(shown: CampaignShown, at: datetime) -> int:
    """Return within how many hours all are told, as fast as may be."""
    return -(-shown.found // terms.setting(OUTREACH_HOURLY, at=at))


def told_to(seller_ref: str, *, limit: int = 50) -> tuple[ToldShown, ...]:
    """Return what a seller was told, the newest first."""
    rows = SellerTold.objects.filter(seller_ref=seller_ref).select_related("campaign").order_by("-id")
    return _told(rows[:limit])


def told_one(seller_ref: str, number: int) -> ToldShown | None:
    """Return one of the things that a seller was told, or nothing."""
    rows = SellerTold.objects.filter(seller_ref=seller_ref, pk=number).select_related("campaign")
    return next(iter(_told(rows)), None)


def _values(at: datetime) -> dict[str, Text]:
    return {"due": spoken(due(Runs(OUTREACH_REMINDER, since=at)))}


def _campaign(row: Campaign) -> CampaignShown:
    rests = row.rests_since if row.state == CampaignState.RUNNING else None
    return CampaignShown(
        number=row.pk,
        declared=CAMPAIGNS[row.code],
        audience=Audience(row.audience),
        state=CampaignState(row.state),
        drafted_at=row.drafted_at,
        counted_at=row.counted_at,
        started_at=row.started_at,
        goes_on_at=due(Runs(OUTREACH_HOUR, since=rests)) if rests else None,
        found=row.found,
        unknown=row.unknown,
        sample=tuple(row.sample),
    )


def _told(rows: Iterable[SellerTold]) -> tuple[ToldShown, ...]:
    found = list(rows)
    acts = [row.act for row in found if row.act is not None]
    receipts = ledger.addresses_of(acts) if acts else {}
    return tuple(_shown(row, receipts.get(row.act or 0, "")) for row in found)


def _shown(row: SellerTold, receipt: str) -> ToldShown:
    declared = CAMPAIGNS[row.campaign.code]
    values = _values(row.told_at)
    return ToldShown(
        number=row.pk,
        seller_ref=row.seller_ref,
        declared=declared,
        title=declared.notice.title.fill(**values),
        body=declared.notice.body.fill(**values),
        state=ToldState(row.state),
        told_at=row.told_at,
        reminded_at=row.reminded_at,
        answered_at=row.closed_at if row.state == ToldState.ACKNOWLEDGED else None,
        by=ROLES.get(row.by),
        receipt=receipt,
    )
