"""Announcements as staff read them, with what promises something and has no ground; and as everybody reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.markdown import html_of
from mamori.law.news import NewsTopic, Topic, topic_of
from mamori.rooms.outreach.actions.announcement import about_news, texts_of
from mamori.rooms.outreach.lifecycle import ANNOUNCEMENT, WAS_PUBLISHED, AnnouncementState
from mamori.rooms.outreach.models import IS_HELP, IS_PUBLIC, Announcement
from mamori.rooms.outreach.rules.claims import GroundedClaim, Promise, ungrounded

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
    return tuple(_shown(row, receipts.get(row.act or 0, "")) for row in found)


def announcement(number: int) -> AnnouncementShown | None:
    """Return a version as staff read it, with why it was sent back where it was; or nothing."""
    row = Announcement.objects.filter(pk=number).first()
    return replace(announcements([row])[0], sent_back_because=_sent_back(row)) if row else None


def versions_of(series: int, *, public: bool = False) -> tuple[AnnouncementShown, ...]:
    """Return the versions of one thing, the newest first; those alone that everybody has read where `public`."""
    rows = Announcement.objects.filter(series=series).order_by("-edition")
    return announcements(rows.filter(state__in=WAS_PUBLISHED) if public else rows)


def news(*, topic: str = "", limit: int = 50) -> tuple[AnnouncementShown, ...]:
    """Return what everybody reads, the newest first; what was withdrawn is among it."""
    rows = Announcement.objects.filter(IS_PUBLIC).exclude(IS_HELP).order_by("-published_at", "-id")
    return announcements((rows.filter(topic=topic) if topic in list(NewsTopic) else rows)[:limit])


def _sent_back(row: Announcement) -> str:
    if row.state != AnnouncementState.WRITING:
        return ""
    back = ledger.acts_about(about_news(row.pk), kind=SENT_BACK)
    return str(back[-1].content["reason"]) if back and back[-1].content else ""


def _shown(row: Announcement, receipt: str) -> AnnouncementShown:
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
