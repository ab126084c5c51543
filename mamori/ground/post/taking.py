"""How the post takes a notice in the sender's transaction: by which channels it goes, and a mail for each reader."""

from __future__ import annotations

import secrets

from django.conf import settings

from mamori.grammar.declaration import NoticeKind, Setting
from mamori.ground.outbox.actions import Carriage, Channel, Handed
from mamori.ground.post import rules
from mamori.ground.post.audience import FORMER, is_guest, readers_of, recipient, shown_reader
from mamori.ground.post.consent import NotAskedFor, has_asked
from mamori.ground.post.models import Letter, Mail
from mamori.ground.post.schedule import TRIES
from mamori.ground.post.transports import NoSender, sender
from mamori.ground.terms import facts as terms
from mamori.law.settings import LETTERS_ON, NOTICES_TO_BUYERS, NOTICES_TO_SELLERS, NOTICES_TO_STAFF


def take(handed: Handed) -> Carriage:
    """Choose the channels of a notice, and line up its mails."""
    if handed.kind is NoticeKind.ADVERTISING and not has_asked(handed.to):
        raise NotAskedFor(to=handed.to)
    by_webhook, by_mail = rules.ways(
        terms.setting(_wish(handed.to), at=handed.at),
        kind=handed.kind,
        is_secret=handed.is_secret,
        is_within=handed.is_within,
        has_webhook=handed.has_webhook,
        has_mail=bool(settings.MAMORI_MAIL),
    )
    if handed.to.startswith(FORMER) or is_guest(
        handed.to
    ):  # the marketplace's own messages reach other people
        by_webhook, by_mail = False, bool(settings.MAMORI_MAIL)
    readers = readers_of(handed.to, handed.at) if by_mail else ()
    if handed.at_shown:
        readers = tuple(map(shown_reader, readers))
    on_paper = handed.on_paper and _on_paper_too(handed)
    by_us = bool(readers) or on_paper

    def rows(number: int) -> list[Mail | Letter]:
        mails = [_mail(handed, number, reader) for reader in readers]
        return [*mails, *([Letter(notice_id=number, to=handed.to, at=handed.at)] if on_paper else [])]

    ways = ({Channel.WEBHOOK} if by_webhook else set()) | ({Channel.MAIL} if by_us else set())
    return Carriage(frozenset(ways), rows)


def _mail(handed: Handed, notice: int, reader: str) -> Mail:
    return Mail(
        notice_id=notice,
        to=reader,
        message_id=f"<{secrets.token_hex(16)}@{_domain()}>",
        urgent=handed.is_secret or handed.kind is NoticeKind.SAFETY,
        next_at=handed.at,
        until=handed.until,
        tries_left=TRIES,
        at=handed.at,
    )


def _on_paper_too(handed: Handed) -> bool:
    """Say whether there will be a letter beside the mail; without a mail address it comes anyway."""
    reader = recipient(handed.to, handed.at)
    return bool(not handed.is_secret and terms.setting(LETTERS_ON, at=handed.at) and reader.address.strip())


def _wish(to: str) -> Setting[str]:
    if to.startswith("buyer:"):
        return NOTICES_TO_BUYERS
    return NOTICES_TO_SELLERS if to.startswith("seller:") else NOTICES_TO_STAFF


def _domain() -> str:
    """Return the domain of the sender: what a mail is called by must not change when it is sent again."""
    try:
        return sender(settings.MAMORI_MAIL_FROM).mailbox.domain
    except NoSender:
        return "mamori.invalid"
