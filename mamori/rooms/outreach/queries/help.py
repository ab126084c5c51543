"""The help as everybody reads it: pages rendered from what is in force, and the operator's own articles, found by words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags

from mamori.grammar.declaration import Setting
from mamori.grammar.helppage import HelpFor, HelpPage, HelpPart
from mamori.grammar.text import Lang, Text
from mamori.ground.terms import facts as terms
from mamori.law.help import BY_SLUG, HELP_PAGES
from mamori.rooms.outreach.lifecycle import AnnouncementState
from mamori.rooms.outreach.models import IS_HELP, Announcement
from mamori.rooms.outreach.queries.announcements import AnnouncementShown, announcements
from mamori.rooms.outreach.rules.finding import HelpEntry, HelpHit, found

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


def page(slug: str, *, at: datetime) -> HelpPageShown | None:
    """Return a page as it reads at `at`, or nothing where there is none of that name."""
    known = BY_SLUG.get(slug)
    return _shown(known, at) if known else None


def pages(*, at: datetime) -> tuple[HelpPageShown, ...]:
    """Return every page of the house as it reads at `at`."""
    return tuple(_shown(one, at) for one in HELP_PAGES)


def articles() -> tuple[AnnouncementShown, ...]:
    """Return the operator's articles that are published, the newest first."""
    rows = Announcement.objects.filter(IS_HELP, state=AnnouncementState.PUBLISHED)
    return announcements(rows.order_by("-published_at", "-id")[:MOST_ARTICLES])


def index(*, at: datetime) -> tuple[HelpIndex, ...]:
    """Return what there is, by whom it is for; what is for both stands with the buyers'."""
    shown, own = pages(at=at), articles()
    return tuple(
        HelpIndex(
            audience=who,
            pages=tuple(one for one in shown if _is_for(one.audience, who)),
            articles=tuple(one for one in own if _is_for(HelpFor(one.topic), who)),
        )
        for who in (HelpFor.BUYERS, HelpFor.SELLERS)
    )


def search(query: str, *, at: datetime, language: Lang) -> tuple[HelpHit, ...]:
    """Return what is found in pages and articles, the best first."""
    of_house = [
        HelpEntry(
            address=one.address,
            title=one.title,
            body=one.body,
            known_as=f"{one.known_as.ja} {one.known_as.en}",
        )
        for one in pages(at=at)
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


def _shown(one: HelpPage, at: datetime) -> HelpPageShown:
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
