"""What others may ask of the post: what waits, what is stuck, letters to print, how mail does, and a letter as PDF."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.grammar.declaration import NoticeKind
from mamori.grammar.text import Lang
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.outbox import facts as outbox
from mamori.ground.post import rules
from mamori.ground.post.audience import has_asked as has_asked, recipient, who_stops as who_stops
from mamori.ground.post.composing import Specimen as Specimen, specimens as specimens
from mamori.ground.post.letters import letter_sheet, pdf, typeset as typeset
from mamori.ground.post.lifecycle import LetterState as LetterState, MailState
from mamori.ground.post.models import IS_GIVEN_UP, Letter, Mail, Relay
from mamori.ground.post.rules import promoting as promoting
from mamori.ground.post.transports import (
    OVERDUE as OVERDUE,
    Folder as Folder,
    Received as Received,
    read_folder as read_folder,
    read_mail as read_mail,
    sender as sender,
    transport as transport,
)
from mamori.ground.terms import facts as terms
from mamori.law.settings import LETTERS_ON, NOTICES_TO_BUYERS

MOST_COUNTED = 1_000


def languages_of(who: str, at: datetime) -> tuple[Lang, ...]:
    """Return the languages in which a reader is written to, the first one first."""
    return recipient(who, at).languages


def warned_by(buyers: Collection[str], at: datetime) -> dict[str, str]:
    """Say by what a warning about safety reaches each of these buyers first: "mail", "letter", "market", or "nobody".

    Where the marketplace's software takes notices, it carries each as well; "market" is who is reached by that alone.
    """
    by_market, by_mail = rules.ways(
        terms.setting(NOTICES_TO_BUYERS, at=at),
        kind=NoticeKind.SAFETY,
        is_secret=False,
        has_webhook=outbox.has_taker(),
        has_mail=bool(settings.MAMORI_MAIL),
    )
    letters, known = terms.setting(LETTERS_ON, at=at), market.buyers(buyers)
    found = {}
    for ref in buyers:
        contact = known[ref].contact if ref in known else market.Contact()
        if by_mail and contact.mail.strip():
            found[ref] = "mail"
        elif by_mail and letters and contact.address.strip():
            found[ref] = "letter"
        else:
            found[ref] = "market" if by_market else "nobody"
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TryFact:
    """One line of the log of a mail."""

    number: int
    at: datetime
    code: int | None
    milliseconds: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFact:
    """A mail: for whom, about what, where it is and what servers said of it."""

    number: int
    to: str
    title: dict[str, str]
    about: str
    at: datetime
    state: MailState
    next_at: datetime | None
    attempts: int
    error: str
    log: tuple[TryFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFact:
    """A letter: for whom, about what, and where it is; `case` is the number that people speak of."""

    number: int
    to: str
    title: dict[str, str]
    about: str
    case: str
    at: datetime
    state: LetterState
    printed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayFact:
    """How the server that takes mail does: not at all since `since`, if that is set."""

    failures: int
    since: datetime | None
    resting_until: datetime | None
    error: str


def stuck(limit: int = 100) -> tuple[MailFact, ...]:
    """Return the mails that were given up and wait for a person, the oldest first."""
    return _mails(list(Mail.objects.filter(IS_GIVEN_UP).order_by("id")[:limit]))


def mails(*, about: str | None = None, to: str | None = None, limit: int = 50) -> tuple[MailFact, ...]:
    """Return mails with their logs, the newest first; `about` and `to` narrow them."""
    if about is None and to is None:
        return _mails(list(Mail.objects.order_by("-id")[:limit]))
    told = [notice.number for notice in outbox.notices(about=about, limit=limit)] if about else None
    rows = Mail.objects.filter(notice_id__in=told) if told is not None else Mail.objects.all()
    return _mails(list((rows.filter(to=to) if to else rows).order_by("-id")[:limit]))


def letters(*, limit: int = 100) -> tuple[LetterFact, ...]:
    """Return the letters that are still to be printed or posted, the oldest first."""
    rows = list(Letter.objects.filter(IS_OPEN).order_by("id")[:limit])
    notices = outbox.notices_by_number([row.notice_id for row in rows])
    return tuple(
        LetterFact(
            number=row.pk,
            to=row.to,
            title=notices[row.notice_id].title,
            about=notices[row.notice_id].about,
            case=str(notices[row.notice_id].values.get("number", "")),
            at=row.at,
            state=LetterState(row.state),
            printed_at=row.printed_at,
        )
        for row in rows
    )


def count_letters() -> int:
    """Count the letters that are still to be printed or posted, to at most 1,000."""
    return len(Letter.objects.filter(IS_OPEN).values_list("pk")[:MOST_COUNTED])


def letter_pdf(number: int, *, at: datetime) -> bytes | None:
    """Return a letter as an accessible PDF, None when there is no such open letter."""
    row = Letter.objects.filter(IS_OPEN, pk=number).first()
    return pdf(letter_sheet(row, at), at=at) if row else None


def relay() -> RelayFact:
    """Return how the server that takes mail does."""
    row = Relay.objects.first() or Relay()
    return RelayFact(failures=row.failures, since=row.since, resting_until=row.resting_until, error=row.error)


def overdue(at: datetime) -> int:
    """Count the mails that should have been sent long ago, to at most 1,000."""
    return sum(
        len(
            Mail.objects.filter(IS_OPEN, urgent=urgent, next_at__lte=at - OVERDUE)
            .order_by("next_at", "id")
            .values_list("pk")[:MOST_COUNTED]
        )
        for urgent in (True, False)
    )


def next_mail(*, until: datetime) -> datetime | None:
    """Return when the next mail is to be sent, if that is not after `until`."""
    rows = (Mail.objects.filter(IS_OPEN, urgent=urgent, next_at__lte=until) for urgent in (True, False))
    firsts = (row.order_by("next_at", "id").values_list("next_at", flat=True).first() for row in rows)
    return min((first for first in firsts if first is not None), default=None)


def _mails(rows: list[Mail]) -> tuple[MailFact, ...]:
    notices = outbox.notices_by_number([row.notice_id for row in rows])
    return tuple(
        MailFact(
            number=row.pk,
            to=row.to,
            title=notices[row.notice_id].title,
            about=notices[row.notice_id].about,
            at=row.at,
            state=MailState(row.state),
            next_at=row.next_at,
            attempts=row.attempts,
            error=row.error,
            log=tuple(
                TryFact(number=t.number, at=t.at, code=t.code, milliseconds=t.milliseconds, answer=t.answer)
                for t in row.log.order_by("id")
            ),
        )
        for row in rows
    )
