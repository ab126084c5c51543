"""How the post takes a notice, makes its mail ready, hands it over outside of any transaction, and what becomes of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import get_args

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from mamori.grammar.actor import Role
from mamori.grammar.declaration import NoticeKind, Setting
from mamori.grammar.text import Lang
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import actions, facts as outbox
from mamori.ground.outbox.actions import Carriage, Channel, Handed
from mamori.ground.outbox.facts import NoticeFact
from mamori.ground.post import rules
from mamori.ground.post.audience import (
    FORMER,
    NotAskedFor,
    Recipient,
    has_asked,
    is_guest,
    page_of,
    readers_of,
    recipient,
    shown_reader,
    stop_page,
)
from mamori.ground.post.carrying import MailAnswer, MailOutcome, Parcel, carry
from mamori.ground.post.composing import Sheet, compose
from mamori.ground.post.lifecycle import MAIL, MailState
from mamori.ground.post.models import Letter, Mail, MailAttempt, Relay
from mamori.ground.post.transports import (
    BATCH,
    LEASE,
    TRIES,
    WAITS,
    NoSender,
    Unusable,
    mailbox,
    rest,
    sender,
    transport,
)
from mamori.ground.terms import facts as terms
from mamori.law.settings import (
    LETTERS_ON,
    NOTICES_TO_BUYERS,
    NOTICES_TO_SELLERS,
    NOTICES_TO_STAFF,
    OPERATOR_ADDRESS,
    OPERATOR_PHONE,
)

# How a mail is made ready when it is sent: notice, reader, secret and sender brought together, or the reason why not.


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A mail with its parcel; without one, `step` says what becomes of it instead, and `why`."""

    mail: Mail
    parcel: Parcel | None = None
    step: str = ""
    why: str = ""


class Packer:
    """Makes mails ready; what all of a batch share is asked once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.operators = {lang: terms.operator_name(lang, at=at) for lang in get_args(Lang.__value__)}
        self.phone = terms.setting(OPERATOR_PHONE, at=at)
        self.address = terms.setting(OPERATOR_ADDRESS, at=at)
        self.sender = sender(settings.MAMORI_MAIL_FROM, self.operators["ja"])

    def pack(self, mails: Iterable[Mail]) -> Iterator[Packed]:
        """Make each mail ready; what is wrong with one holds up none of the others."""
        mails = list(mails)
        notices = outbox.notices_by_number([mail.notice_id for mail in mails])
        for mail in mails:
            try:
                yield self._packed(mail, notices[mail.notice_id])
            except (
                Exception
            ) as error:  # a key that is missing, a record that is damaged: in sight, and tried again
                yield Packed(
                    mail=mail, step="put_off", why=f"it could not be written: {type(error).__name__}"
                )

    def sheet(self, notice: NoticeFact, reader: Recipient, secret: str = "") -> Sheet:
        """Return what a notice says to a reader."""
        is_ad = notice.kind == NoticeKind.ADVERTISING
        return Sheet(
            notice=notice,
            reader=reader,
            secret=secret,
            page=page_of(reader.who, notice.about),
            stop=stop_page(reader.who) if is_ad else "",
            operator=self.operators[reader.languages[0]] or self.sender.name,
            phone=self.phone,
            address=self.address,
        )

    def _packed(self, mail: Mail, notice: NoticeFact) -> Packed:
        if mail.until is not None and mail.until <= self.at:
            return Packed(mail=mail, step="expire", why="it came too late to be of use")
        reader = recipient(mail.to, self.at)
        if not reader.mail.strip():
            return Packed(mail=mail, step="find_no_address", why="there is no mail address")
        try:
            to = mailbox(reader.mail)
        except Unusable as why:
            return Packed(mail=mail, step="give_up", why=f"the mail address cannot be used: {why}")
        secret = outbox.secret_of(notice.number) if notice.until else ""
        if notice.until and not secret:
            return Packed(mail=mail, step="expire", why="what it should tell was forgotten")
        content = compose(
            self.sheet(notice, reader, secret),
            message_id=mail.message_id,
            sender=self.sender,
            to=to,
            at=mail.at,
        )
        parcel = Parcel(
            mail=mail.pk,
            attempt=mail.attempts,
            sender=self.sender.mailbox.spec,
            to=to,
            name=f"{mail.at:%Y%m%dT%H%M%SZ}-{mail.message_id[1:33]}",
            content=content,
        )
        return Packed(mail=mail, parcel=parcel)


# What becomes of a mail after a try: sent, put off, given up, turned into a letter, or given back to the outbox.


THE_RELAY = 1
CHANGED = ("state", "next_at", "tries_left", "error", "closed_at")


def is_resting(at: datetime) -> bool:
    """Say whether the server that takes mail could not be used lately and is left alone until later."""
    return Relay.objects.filter(resting_until__gt=at).exists()


def step(mail: Mail, name: str, role: Role = Role.MACHINE) -> None:
    """Take a step of the lifecycle, in memory."""
    mail.state = MAIL.take(name, MailState(mail.state), role).value


def write_down(told: Sequence[tuple[Parcel, MailAnswer]], at: datetime) -> None:
    """Write down what a server said of some mails, in one transaction."""
    with transaction.atomic():
        wanted = [parcel.mail for parcel, _ in told]
        mails = {m.pk: m for m in Mail.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
        MailAttempt.objects.bulk_create(
            MailAttempt(
                mail_id=parcel.mail,
                number=parcel.attempt,
                at=at,
                code=answer.code,
                milliseconds=answer.milliseconds,
                answer=answer.words,
            )
            for parcel, answer in told
            if answer.outcome is not MailOutcome.UNTRIED
        )
        for parcel, answer in told:
            _settle(mails[parcel.mail], parcel, answer, at)
        for mail in mails.values():
            mail.save(update_fields=CHANGED)
        sent = [mails[p.mail].notice_id for p, answer in told if answer.outcome is MailOutcome.SENT]
        actions.notice_delivered(numbers=sent, at=at)
        _note_relay([answer for _, answer in told], at)


def write_down_unsent(packed: Iterable[Packed], at: datetime) -> None:
    """Write down what became of mails that were not even tried, each in its own transaction."""
    for one in packed:
        with transaction.atomic():
            mail = Mail.objects.select_for_update().get(pk=one.mail.pk)
            if mail.state != MailState.LEASED or mail.attempts != one.mail.attempts:
                continue
            mail.error = one.why
            if one.step == "put_off":
                _put_off(mail, at)
            else:
                step(mail, one.step)
                mail.next_at = None
                mail.closed_at = None if one.step == "give_up" else at
            mail.save(update_fields=CHANGED)
            MailAttempt.objects.create(mail=mail, number=mail.attempts, at=at, answer=one.why)
            if mail.closed_at and not (one.step == "find_no_address" and write_letter(mail, at)):
                actions.notice_returned(numbers=[mail.notice_id])


def write_letter(mail: Mail, at: datetime) -> bool:
    """Line up a letter in the place of a mail, in the caller's transaction; say whether there will be one.

    A secret and advertising never become letters; nor does anything for somebody whose postal address is not known.
    """
    notice = outbox.notices_by_number([mail.notice_id])[mail.notice_id]
    fits = notice.until is None and notice.kind != NoticeKind.ADVERTISING
    if not fits or not terms.setting(LETTERS_ON, at=at) or not recipient(mail.to, at).address.strip():
        return False
    Letter.objects.get_or_create(notice_id=mail.notice_id, to=mail.to, defaults={"at": at})
    return True


def _settle(mail: Mail, parcel: Parcel, answer: MailAnswer, at: datetime) -> None:
    is_ours = mail.state == MailState.LEASED and mail.attempts == parcel.attempt
    if answer.outcome is MailOutcome.SENT and mail.closed_at is None:
        step(mail, "send")
        mail.next_at, mail.closed_at, mail.error = None, at, ""
    elif is_ours and answer.outcome is MailOutcome.REFUSED:
        step(mail, "give_up")
        mail.next_at, mail.error = None, _error(answer)
    elif is_ours and answer.outcome is MailOutcome.LATER:
        mail.error = _error(answer)
        _put_off(mail, at)
    elif is_ours and answer.outcome is MailOutcome.UNTRIED:
        step(mail, "put_off")
        mail.next_at, mail.tries_left, mail.error = at, mail.tries_left + 1, _error(answer)


def _put_off(mail: Mail, at: datetime) -> None:
    if mail.tries_left == 0:
        step(mail, "give_up")
        mail.next_at = None
    else:
        step(mail, "put_off")
        mail.next_at = at + WAITS[min(TRIES - 1 - mail.tries_left, len(WAITS) - 1)]


def _note_relay(answers: Sequence[MailAnswer], at: datetime) -> None:
    """Note that the server was away or is back; while all is well its row is read and not locked."""
    away = [answer.words for answer in answers if answer.outcome is MailOutcome.UNTRIED and answer.words]
    is_back = any(answer.outcome is MailOutcome.SENT for answer in answers)
    known = Relay.objects.filter(pk=THE_RELAY).first()
    if not away and not (is_back and known is not None and known.failures):
        return
    relay, _ = Relay.objects.select_for_update().get_or_create(pk=THE_RELAY)
    if not away:
        relay.failures, relay.since, relay.resting_until, relay.error = 0, None, None, ""
    elif (
        relay.resting_until is None or relay.resting_until <= at
    ):  # later mails of a batch tell the same failure
        relay.failures += 1
        relay.since, relay.error = relay.since or at, away[0]
        relay.resting_until = at + rest(relay.failures)
    relay.save()


def _error(answer: MailAnswer) -> str:
    return f"{answer.code or ''} {answer.words}".strip()


# How the post takes a notice in the sender's transaction: by which channels it goes, and a mail for each reader.


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


# How mail is taken out and handed over: leased, sent outside of any transaction, the outcome written down.


DATABASE_PAUSES = (0.2, 1.0, 3.0, 8.0, 20.0)
"""What a server has taken is worth waiting for: were it not written down, it would be sent again."""


def deliver(*, at: datetime, limit: int = BATCH) -> int:
    """Send mail that is due, urgent mail first, each leased to this worker alone; return how many came a step further.

    The network is never inside a transaction.  When the worker dies, its leases end and others take over.
    """
    way = transport(settings.MAMORI_MAIL)
    if way is None or is_resting(at):
        return 0
    packer = Packer(at)
    packed = list(packer.pack(lease(at, limit)))
    write_down_unsent([one for one in packed if one.parcel is None], at)
    parcels = [one.parcel for one in packed if one.parcel is not None]
    done = len(packed) - len(parcels)
    for told in carry(parcels, way):
        _write_down_patiently(told, at)
        done += sum(answer.outcome is not MailOutcome.UNTRIED for _, answer in told)
    return done


def lease(at: datetime, limit: int) -> list[Mail]:
    """Take out up to `limit` mails that are due; nobody else gets them before the lease ends."""
    with transaction.atomic():
        queues = (due(at, urgent=urgent)[:limit] for urgent in (True, False))
        mails = list(chain.from_iterable(queues))[:limit]
        lost = [mail for mail in mails if mail.state == MailState.LEASED]
        MailAttempt.objects.bulk_create(
            MailAttempt(
                mail=mail, number=mail.attempts, at=at, answer="the worker ended before it could tell"
            )
            for mail in lost
        )
        for mail in mails:
            step(mail, "lease")
            mail.attempts += 1
            mail.tries_left = max(0, mail.tries_left - 1)
            mail.next_at = at + LEASE
        taken = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
        taken.filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
        taken.update(state=MailState.LEASED, attempts=F("attempts") + 1, next_at=at + LEASE)
    return mails


def due(at: datetime, *, urgent: bool) -> QuerySet[Mail]:
    """Return mails whose turn it is, in the order of the index; one that another worker is taking out is passed over."""
    mails = Mail.objects.filter(IS_OPEN, urgent=urgent, next_at__lte=at).order_by("next_at", "id")
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        return mails.select_for_update(skip_locked=True)
    return mails


def _write_down_patiently(told: Sequence[tuple[Parcel, MailAnswer]], at: datetime) -> None:
    for pause in DATABASE_PAUSES:
        try:
            write_down(told, at)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
        else:
            return
    write_down(told, at)
