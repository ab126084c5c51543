"""Announcements, campaigns and the help as staff, sellers and everybody read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
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
from mamori.ground.outbox.facts import NoticeState
from mamori.ground.post import facts as post
from mamori.ground.post.facts import Specimen
from mamori.ground.terms import facts as terms
from mamori.ground.web.papers import html_of
from mamori.japan.calendar import spoken
from mamori.law.help import BY_SLUG, HELP_PAGES
from mamori.law.news import Topic, topic_of
from mamori.law.outreach import (
    OUTREACH_HOUR,
    OUTREACH_HOURLY,
    OUTREACH_REMINDER,
)
from mamori.rooms.display import facts as displays
from mamori.rooms.display.facts import DisplayFact
from mamori.rooms.outreach import notices
from mamori.rooms.outreach.acts import BY_STAFF
from mamori.rooms.outreach.announcements.actions import NoSuchAnnouncement, about_news, texts_of
from mamori.rooms.outreach.campaigns.actions import NoSuchCampaign, about
from mamori.rooms.outreach.lifecycle import (
    ANNOUNCEMENT,
    LIVE,
    TOLD,
    WAS_PUBLISHED,
    AnnouncementState,
    ToldState,
)
from mamori.rooms.outreach.models import IS_HELP, IS_PUBLIC, Announcement, Campaign, CampaignDay, SellerTold
from mamori.rooms.outreach.rules import GroundedClaim, HelpEntry, HelpHit, Promise, found, ungrounded

# Announcements as staff read them, with what promises something and has no ground; and as everybody reads them.


SENT_BACK = "outreach.send_back_announcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementShown:
    """A version of an announcement; `ungrounded` are words in it that promise something and have no ground yet.

    `receipt` proves when and by what act it was published.
    """

    row: Announcement
    topic: Topic
    title: Text
    note: Text | None
    claims: tuple[GroundedClaim, ...]
    ungrounded: tuple[Promise, ...]
    state: AnnouncementState
    receipt: str
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
        return html_of(self.row.body)

    @property
    def html_en(self) -> SafeString:
        """Return the English text as HTML, "" where there is none."""
        return html_of(self.row.body_en)

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        return any(one.name == step and self.state in one.moves for one in ANNOUNCEMENT.steps)


def announcements(rows: Iterable[Announcement]) -> tuple[AnnouncementShown, ...]:
    """Return versions of announcements, their receipts in one look."""
    found = list(rows)
    acts = [row.act for row in found if row.act is not None]
    receipts = ledger.addresses_of(acts) if acts else {}
    shown = []
    for row in found:
        claims = tuple(map(GroundedClaim.of, row.claims))
        one = AnnouncementShown(
            row=row,
            topic=topic_of(row.topic),
            title=Text(row.title, row.title_en or row.title),
            note=Text(row.note, row.note_en or row.note) if row.note else None,
            claims=claims,
            ungrounded=ungrounded(claims, *texts_of(row)),
            state=AnnouncementState(row.state),
            receipt=receipts.get(row.act or 0, ""),
        )
        shown.append(one)
    return tuple(shown)


def announcement(number: int) -> AnnouncementShown:
    """Return a version as staff read it, with why it was sent back where it was."""
    row = Announcement.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchAnnouncement
    is_writing = row.state == AnnouncementState.WRITING
    back = ledger.acts_about(about_news(number), kind=SENT_BACK) if is_writing else ()
    why = str(back[-1].content["reason"]) if back and back[-1].content else ""
    return replace(announcements([row])[0], sent_back_because=why)


def versions_of(series: int, *, public: bool = False) -> tuple[AnnouncementShown, ...]:
    """Return the versions of one thing, the newest first; those alone that everybody has read where `public`."""
    rows = Announcement.objects.filter(series=series).order_by("-edition")
    return announcements(rows.filter(state__in=WAS_PUBLISHED) if public else rows)


def edition_of(series: int, edition: str) -> tuple[AnnouncementShown, tuple[AnnouncementShown, ...]]:
    """Return the version of that number, the newest for "", and all that everybody has read; of what was withdrawn the newest."""
    versions = versions_of(series, public=True)
    found = next((one for one in versions if edition in ("", str(one.row.edition))), None)
    if found is None or (edition and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    return found, versions


def news(*, topic: str = "", limit: int = 50) -> tuple[AnnouncementShown, ...]:
    """Return what everybody reads, the newest first; what was withdrawn is among it."""
    rows = Announcement.objects.filter(IS_PUBLIC).exclude(IS_HELP).order_by("-published_at", "-id")
    return announcements((rows.filter(topic=topic) if topic else rows)[:limit])


# Campaigns as staff read them, with their figures and the mail as it will read; and as a seller reads what it was told.


AWAITED = Text("お返事をお待ちしています", "Your word is awaited")
ROLES = {
    "seller": Text("出品者", "the seller"),
    "delegate": Text("代理担当", "somebody who acts for it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFigures:
    """So many of the notices reached who carries them on, so many are under way, so many nobody carries; and day by day."""

    told: int
    reminded: int
    acknowledged: int
    delivered: int
    under_way: int
    undelivered: int
    days: tuple[CampaignDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldShown:
    """What a campaign told a seller, word by word as it was sent, and what the seller said; `receipt` proves that.

    `display` is how the seller's display stands, where the seller is about to say that it checked it.
    """

    row: SellerTold
    title: Text
    body: Text
    by: Text | None
    receipt: str
    display: DisplayFact | None = None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return AWAITED if self.is_waiting else TOLD.states[ToldState(self.row.state)]

    @property
    def is_waiting(self) -> bool:
        """Say whether the seller has not answered."""
        return self.row.state == ToldState.WAITING


def campaign(number: int) -> Campaign:
    """Return a campaign, or refuse it."""
    row = Campaign.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchCampaign
    return row


def goes_on_at(shown: Campaign) -> datetime | None:
    """Return when it goes on, where it rests since as many as go out in an hour were told."""
    is_resting = shown.rests_since is not None and shown.state in LIVE
    return due(Runs(OUTREACH_HOUR, since=shown.rests_since)) if is_resting and shown.rests_since else None


def figures(shown: Campaign) -> CampaignFigures:
    """Return what has come of a campaign, the latest day first."""
    days = tuple(CampaignDay.objects.filter(campaign=shown).order_by("-on"))
    code, counted = notices.code_of(shown.code), outbox.notices_counted(about(shown.pk))
    return CampaignFigures(
        told=sum(one.told for one in days),
        reminded=sum(one.reminded for one in days),
        acknowledged=sum(one.acknowledged for one in days),
        delivered=counted.get((code, NoticeState.DELIVERED), 0),
        under_way=counted.get((code, NoticeState.UNDER_WAY), 0),
        undelivered=counted.get((code, NoticeState.KEPT), 0),
        days=days,
    )


def steps_of(number: int) -> tuple[PastAct, ...]:
    """Return what staff did about a campaign, the newest first."""
    return past_of(about(number), BY_STAFF)[::-1]


def sample_of(shown: Campaign) -> tuple[tuple[str, str], ...]:
    """Return a few sellers to whom it goes: the reference and the shop's name of each."""
    names = market.shop_names(shown.sample)
    return tuple((ref, names.get(ref, "")) for ref in shown.sample)


def mail_of(shown: Campaign, template: Template | None, at: datetime) -> tuple[Specimen, ...]:
    """Return the mail in both languages as the first of the sample would get it now; none where it is declared no more."""
    if template is None:
        return ()
    ref = shown.sample[0] if shown.sample else ""
    name = market.shop_names([ref]).get(ref, "") if ref else ""
    values = {"due": spoken(due(Runs(OUTREACH_REMINDER, since=at)))}
    given = {"to": f"seller:{ref}", "name": name, "about": about(shown.pk)}
    return post.specimens(template, values, **given, at=at)


def hours_needed(shown: Campaign, at: datetime) -> int:
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


def _told(rows: Iterable[SellerTold]) -> tuple[ToldShown, ...]:
    found = list(rows)
    acts = [row.act for row in found if row.act is not None]
    receipts = ledger.addresses_of(acts) if acts else {}
    sent = notices.sent(found[0].seller_ref, {row.campaign.code for row in found}) if found else {}
    shown = []
    for row in found:
        notice = sent[about(row.campaign_id)]
        title, body, by = Text(**notice.title), Text(**notice.body), ROLES.get(row.by)
        shown.append(
            ToldShown(row=row, title=title, body=body, by=by, receipt=receipts.get(row.act or 0, ""))
        )
    return tuple(shown)


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
            address=reverse("outreach_public:help-article", args=(one.row.series,)),
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
