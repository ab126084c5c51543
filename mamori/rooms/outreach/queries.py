"""Announcements, campaigns and the help as staff, sellers and everybody read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from mamori.grammar.declaration import Setting, Template
from mamori.grammar.helppage import HelpFor, HelpPage, HelpPart
from mamori.grammar.text import Lang, Text
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
from mamori.ground.web.papers import html_of
from mamori.japan.calendar import spoken
from mamori.law.help import BY_SLUG, HELP_PAGES
from mamori.law.news import NewsTopic, Topic, topic_of
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
from mamori.rooms.outreach.announcements.actions import NoSuchAnnouncement, about_news, texts_of
from mamori.rooms.outreach.campaigns.actions import NoSuchCampaign, about
from mamori.rooms.outreach.lifecycle import (
    ANNOUNCEMENT,
    CAMPAIGN,
    LIVE,
    TOLD,
    WAS_PUBLISHED,
    AnnouncementState,
    CampaignState,
    ToldState,
)
from mamori.rooms.outreach.models import IS_HELP, IS_PUBLIC, Announcement, Campaign, CampaignDay, SellerTold
from mamori.rooms.outreach.rules import GroundedClaim, HelpEntry, HelpHit, Promise, found, ungrounded

# Announcements as staff read them, with what promises something and has no ground; and as everybody reads them.


SENT_BACK = "outreach.send_back_announcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementShown:
    """A version of an announcement; `ungrounded` are words in it that promise something and have no ground yet.

    `receipt` proves when and by what act it was published, `digest` is the SHA-256 of its words.
    """

    number: int
    series: int
    edition: int
    version: int
    topic: Topic
    title: Text
    body_ja: str
    body_en: str
    note: Text | None
    claims: tuple[GroundedClaim, ...]
    ungrounded: tuple[Promise, ...]
    writers: tuple[str, ...]
    state: AnnouncementState
    written_at: datetime
    published_at: datetime | None
    closed_at: datetime | None
    withdrawn_because: str
    receipt: str
    digest: str
    has_english: bool
    sent_back_because: str = ""

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ANNOUNCEMENT.states[self.state]

    @property
    def topic_text(self) -> Text:
        """Say what it is about."""
        return self.topic.text

    @property
    def is_help(self) -> bool:
        """Say whether it stands in the help instead of the news."""
        return isinstance(self.topic, HelpFor)

    @property
    def is_writing(self) -> bool:
        """Say whether its words may still be changed."""
        return self.state is AnnouncementState.WRITING

    @property
    def is_public(self) -> bool:
        """Say whether everybody reads it now."""
        return self.state is AnnouncementState.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it was taken from the public."""
        return self.state is AnnouncementState.WITHDRAWN

    @property
    def html_ja(self) -> SafeString:
        """Return the Japanese text as HTML."""
        return html_of(self.body_ja)

    @property
    def html_en(self) -> SafeString:
        """Return the English text as HTML, "" where there is none."""
        return html_of(self.body_en)

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        return any(one.name == step and self.state in one.moves for one in ANNOUNCEMENT.steps)


def announcements(rows: Iterable[Announcement]) -> tuple[AnnouncementShown, ...]:
    """Return versions of announcements, their receipts in one look."""
    found = list(rows)
    acts = [row.act for row in found if row.act is not None]
    receipts = ledger.addresses_of(acts) if acts else {}
    return tuple(_announcement_shown(row, receipts.get(row.act or 0, "")) for row in found)


def announcement(number: int) -> AnnouncementShown:
    """Return a version as staff read it, with why it was sent back where it was."""
    row = Announcement.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchAnnouncement
    return replace(announcements([row])[0], sent_back_because=_sent_back(row))


def versions_of(series: int, *, public: bool = False) -> tuple[AnnouncementShown, ...]:
    """Return the versions of one thing, the newest first; those alone that everybody has read where `public`."""
    rows = Announcement.objects.filter(series=series).order_by("-edition")
    return announcements(rows.filter(state__in=WAS_PUBLISHED) if public else rows)


def edition_of(series: int, edition: str) -> tuple[AnnouncementShown, tuple[AnnouncementShown, ...]]:
    """Return the version of that number, the newest for "", and all that everybody has read; of what was withdrawn the newest."""
    versions = versions_of(series, public=True)
    found = next((one for one in versions if edition in ("", str(one.edition))), None)
    if found is None or (edition and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    return found, versions


def news(*, topic: str = "", limit: int = 50) -> tuple[AnnouncementShown, ...]:
    """Return what everybody reads, the newest first; what was withdrawn is among it."""
    rows = Announcement.objects.filter(IS_PUBLIC).exclude(IS_HELP).order_by("-published_at", "-id")
    return announcements((rows.filter(topic=topic) if topic in list(NewsTopic) else rows)[:limit])


def _sent_back(row: Announcement) -> str:
    if row.state != AnnouncementState.WRITING:
        return ""
    back = ledger.acts_about(about_news(row.pk), kind=SENT_BACK)
    return str(back[-1].content["reason"]) if back and back[-1].content else ""


def _announcement_shown(row: Announcement, receipt: str) -> AnnouncementShown:
    claims = tuple(map(GroundedClaim.of, row.claims))
    return AnnouncementShown(
        number=row.pk,
        series=row.series,
        edition=row.edition,
        version=row.version,
        topic=topic_of(row.topic),
        title=Text(row.title, row.title_en or row.title),
        body_ja=row.body,
        body_en=row.body_en,
        note=Text(row.note, row.note_en or row.note) if row.note else None,
        claims=claims,
        ungrounded=ungrounded(claims, *texts_of(row)),
        writers=tuple(row.writers),
        state=AnnouncementState(row.state),
        written_at=row.written_at,
        published_at=row.published_at,
        closed_at=row.closed_at,
        withdrawn_because=row.withdrawn_because,
        receipt=receipt,
        digest=row.digest,
        has_english=bool(row.title_en and row.body_en),
    )


# Campaigns as staff read them, with their figures and the mail as it will read; and as a seller reads what it was told.


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


def campaign(number: int) -> CampaignShown:
    """Return a campaign, or refuse it."""
    row = Campaign.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchCampaign
    return _campaign(row)


def figures(number: int) -> CampaignFigures:
    """Return what has come of a campaign, the latest day first."""
    days = [
        DayShown(on=row.on, told=row.told, reminded=row.reminded, acknowledged=row.acknowledged)
        for row in CampaignDay.objects.filter(campaign=number).order_by("-on")
    ]
    code = notices.code_of(campaign(number).code)
    counted = outbox.notices_counted(about(number))
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
    return past_of(about(number), BY_STAFF)[::-1]


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
    given = {"to": f"seller:{ref}", "name": name, "about": about(shown.number)}
    return post.specimens(template, _values(at), **given, at=at)


def hours_needed(shown: CampaignShown, at: datetime) -> int:
    """Return within how many hours all are told, as fast as may be."""
    return -(-shown.found // terms.setting(OUTREACH_HOURLY, at=at))


def told_to(seller_ref: str, *, limit: int = 50) -> tuple[ToldShown, ...]:
    """Return what a seller was told, the newest first."""
    rows = SellerTold.objects.filter(seller_ref=seller_ref).select_related("campaign").order_by("-id")
    return _told(rows[:limit])


def told_one(seller_ref: str, number: int) -> ToldShown:
    """Return one of the things that a seller was told, and how its display stands."""
    found = _told(SellerTold.objects.filter(seller_ref=seller_ref, pk=number).select_related("campaign"))
    if not found:
        raise NoSuchCampaign
    return replace(found[0], display=displays.display(seller_ref))


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
    return tuple(
        _told_shown(row, sent[about(row.campaign_id)], receipts.get(row.act or 0, "")) for row in found
    )


def _told_shown(row: SellerTold, notice: NoticeFact, receipt: str) -> ToldShown:
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


# The help as everybody reads it: pages rendered from what is in force, and the operator's own articles, found by words.


MOST_ARTICLES = 500
ARTICLES = "articles/"
"""How the name of an operator's article begins, where readers' words about it are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPageShown:
    """A page as it reads now, its parts filled; `version` is another one as soon as anything reads otherwise."""

    slug: str
    audience: HelpFor
    title: Text
    lead: Text
    parts: tuple[HelpPart, ...]
    known_as: Text

    @property
    def address(self) -> str:
        """Return where it is read."""
        return reverse("outreach_public:help-page", args=(self.slug,))

    @property
    def body(self) -> Text:
        """Return all its words, a line for each."""
        lines = [self.lead]
        for part in self.parts:
            lines += [part.title, *part.says, *(each for one in part.items for each in (one.title, one.text))]
        return _lines(lines)

    @property
    def version(self) -> str:
        """Return the first twelve digits of the SHA-256 of its words."""
        return sha256(f"{self.title.ja}\n{self.body.ja}\n{self.body.en}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpIndex:
    """What is read by one of the audiences: pages of the house, and articles of the operator."""

    audience: HelpFor
    pages: tuple[HelpPageShown, ...]
    articles: tuple[AnnouncementShown, ...]


def help_page(slug: str, *, at: datetime) -> HelpPageShown:
    """Return a page as it reads at `at`."""
    if slug not in BY_SLUG:
        raise NoSuchAnnouncement
    return _article_shown(BY_SLUG[slug], at)


def help_pages(*, at: datetime) -> tuple[HelpPageShown, ...]:
    """Return every page of the house as it reads at `at`."""
    return tuple(_article_shown(one, at) for one in HELP_PAGES)


def articles() -> tuple[AnnouncementShown, ...]:
    """Return the operator's articles that are published, the newest first."""
    rows = Announcement.objects.filter(IS_HELP, state=AnnouncementState.PUBLISHED)
    return announcements(rows.order_by("-published_at", "-id")[:MOST_ARTICLES])


def help_index(*, at: datetime) -> tuple[HelpIndex, ...]:
    """Return what there is, by whom it is for; what is for both stands with the buyers'."""
    shown, own = help_pages(at=at), articles()
    return tuple(
        HelpIndex(
            audience=who,
            pages=tuple(one for one in shown if _is_for(one.audience, who)),
            articles=tuple(one for one in own if _is_for(HelpFor(one.topic), who)),
        )
        for who in (HelpFor.BUYERS, HelpFor.SELLERS)
    )


def search_help(query: str, *, at: datetime, language: Lang) -> tuple[HelpHit, ...]:
    """Return what is found in pages and articles, the best first."""
    of_house = [
        HelpEntry(
            address=one.address,
            title=one.title,
            body=one.body,
            known_as=f"{one.known_as.ja} {one.known_as.en}",
        )
        for one in help_pages(at=at)
    ]
    own = [
        HelpEntry(
            address=reverse("outreach_public:help-article", args=(one.series,)),
            title=one.title,
            body=Text(_plain(one.html_ja), _plain(one.html_en or one.html_ja)),
            is_own=True,
        )
        for one in articles()
    ]
    return found(query, [*of_house, *own], language)


def titles_of(names: Iterable[str]) -> dict[str, Text]:
    """Return what pages are called now, by the names under which readers' words about them are counted."""
    known = set(names)
    series = [int(name.partition("/")[2]) for name in known if name.startswith(ARTICLES)]
    rows = Announcement.objects.filter(IS_HELP, series__in=series).order_by("edition") if series else ()
    own = {f"{ARTICLES}{row.series}": Text(row.title, row.title_en or row.title) for row in rows}
    return {
        name: own.get(name) or (BY_SLUG[name].title if name in BY_SLUG else Text(name, name))
        for name in known
    }


def _article_shown(one: HelpPage, at: datetime) -> HelpPageShown:
    parts = tuple(
        _part(part, at) for part in one.parts if all(_is_on(switch, at) for switch in part.switches)
    )
    return HelpPageShown(
        slug=one.slug,
        audience=one.audience,
        title=one.title,
        lead=one.lead,
        parts=parts,
        known_as=one.known_as,
    )


def _is_on(switch: Setting[Any], at: datetime) -> bool:
    return bool(terms.setting(switch, at=at))


def _part(part: HelpPart, at: datetime) -> HelpPart:
    """Return a part with its words filled from what is in force."""
    fills = terms.filled(part.fills, at=at)
    return replace(part, says=tuple(text.fill(**fills) for text in part.says), fills={})


def _is_for(audience: HelpFor, who: HelpFor) -> bool:
    return audience is who or (audience is HelpFor.BOTH and who is HelpFor.BUYERS)


def _lines(texts: Iterable[Text]) -> Text:
    each = list(texts)
    return Text("\n".join(one.ja for one in each), "\n".join(one.en for one in each))


def _plain(html: str) -> str:
    return unescape(strip_tags(html)).strip() or "–"
