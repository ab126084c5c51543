"""The text for the page of JOMC as it would be now, and what people found who looked at that page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.grammar.said import day_words
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.law.jomc import ITEM_HEADINGS
from mamori.law.settings import OPERATOR_NAME
from mamori.rooms.disclosure.models import JomcLook
from mamori.rooms.disclosure.queries import measures
from mamori.rooms.disclosure.queries.answers import elsewhere_text
from mamori.rooms.disclosure.queries.measures import BY_DUTY, MeasureOnPage
from mamori.rooms.disclosure.rules.jomc import FOUND, SINCE, JomcFound, jomc_text

ABOUT_JOMC = "disclosure.jomc:page"
"""The name under which acts and the clock know the page of JOMC."""


@dataclass(frozen=True, slots=True)
class JomcLookShown:
    """A look at the page of JOMC: where, what it found (in words), with which text it was compared, when, and by whom."""

    address: str
    found: JomcFound
    said: Text
    digest: str
    at: datetime
    by: str


def text_now(at: datetime, on: Sequence[MeasureOnPage] | None = None) -> Text:
    """Return the text as it would be at `at`, of what is `on` then: what is switched off, or missing, is not in it."""
    told = measures.measures(at).of_practices if on is None else on
    groups = {group.duty.code: group for group in measures.grouped(told) if group.duty}
    headings = [
        (
            title,
            BY_DUTY[code].citation.place,
            [_point(one) for one in groups[code].measures] if code in groups else [],
        )
        for code, title in ITEM_HEADINGS.items()
    ]
    return jomc_text(
        headings, operator=terms.setting(OPERATOR_NAME, at=at), page=f"{settings.ORIGIN}/measures/"
    )


def _point(one: MeasureOnPage) -> tuple[Text, ...]:
    title = SINCE.fill(title=one.heading, day=day_words(one.since)) if one.since else one.heading
    return (title, *one.does, *((elsewhere_text(one.elsewhere),) if one.elsewhere else ()))


def looks() -> tuple[JomcLookShown, ...]:
    """Return every look, the newest first."""
    names = people.names()
    return tuple(_shown(row, people.called(row.by, names)) for row in JomcLook.objects.order_by("-id"))


def listed() -> JomcLookShown | None:
    """Return the newest look, or nothing where there is none or it found nothing there; it does not say whose it was."""
    row = JomcLook.objects.order_by("-id").first()
    return None if row is None or row.found == JomcFound.NOTHING else _shown(row)


def _shown(row: JomcLook, by: str = "") -> JomcLookShown:
    found = JomcFound(row.found)
    return JomcLookShown(row.address, found, FOUND[found], row.digest, row.at, by)
