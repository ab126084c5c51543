"""What becomes of a mail after a try: sent, put off, given up, turned into a letter, or given back to the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from mamori.grammar.declaration import NoticeKind
from mamori.grammar.hand import Role
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox import facts as notices
from mamori.ground.post.audience import recipient
from mamori.ground.post.carrying import Answer, Outcome, Parcel
from mamori.ground.post.lifecycle import MAIL, MailState
from mamori.ground.post.models import Letter, Mail, MailAttempt, Relay
from mamori.ground.post.packing import Packed
from mamori.ground.post.schedule import TRIES, WAITS, rest
from mamori.ground.terms import facts as terms
from mamori.law.settings import LETTERS_ON

THE_RELAY = 1
CHANGED = ("state", "next_at", "tries_left", "error", "closed_at")


def is_resting(at: datetime) -> bool:
    """Say whether the server that takes mail could not be used lately and is left alone until later."""
    return Relay.objects.filter(resting_until__gt=at).exists()


def step(mail: Mail, name: str, role: Role = Role.MACHINE) -> None:
    """Take a step of the lifecycle, in memory."""
    mail.state = MAIL.take(name, MailState(mail.state), role).value


def write_down(told: Sequence[tuple[Parcel, Answer]], at: datetime) -> None:
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
            if answer.outcome is not Outcome.UNTRIED
        )
        for parcel, answer in told:
            _settle(mails[parcel.mail], parcel, answer, at)
        for mail in mails.values():
            mail.save(update_fields=CHANGED)
        sent = [mails[p.mail].notice_id for p, answer in told if answer.outcome is Outcome.SENT]
        outbox.notice_delivered(numbers=sent, at=at)
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
                outbox.notice_returned(numbers=[mail.notice_id])


def write_letter(mail: Mail, at: datetime) -> bool:
    """Line up a letter in the place of a mail, in the caller's transaction; say whether there will be one.

    A secret and advertising never become letters; nor does anything for somebody whose postal address is not known.
    """
    notice = notices.notices_by_number([mail.notice_id])[mail.notice_id]
    fits = notice.until is None and notice.kind != NoticeKind.ADVERTISING
    if not fits or not terms.setting(LETTERS_ON, at=at) or not recipient(mail.to, at).address.strip():
        return False
    Letter.objects.get_or_create(notice_id=mail.notice_id, to=mail.to, defaults={"at": at})
    return True


def _settle(mail: Mail, parcel: Parcel, answer: Answer, at: datetime) -> None:
    is_ours = mail.state == MailState.LEASED and mail.attempts == parcel.attempt
    if answer.outcome is Outcome.SENT and mail.closed_at is None:
        step(mail, "send")
        mail.next_at, mail.closed_at, mail.error = None, at, ""
    elif is_ours and answer.outcome is Outcome.REFUSED:
        step(mail, "give_up")
        mail.next_at, mail.error = None, _error(answer)
    elif is_ours and answer.outcome is Outcome.LATER:
        mail.error = _error(answer)
        _put_off(mail, at)
    elif is_ours and answer.outcome is Outcome.UNTRIED:
        step(mail, "put_off")
        mail.next_at, mail.tries_left, mail.error = at, mail.tries_left + 1, _error(answer)


def _put_off(mail: Mail, at: datetime) -> None:
    if mail.tries_left == 0:
        step(mail, "give_up")
        mail.next_at = None
    else:
        step(mail, "put_off")
        mail.next_at = at + WAITS[min(TRIES - 1 - mail.tries_left, len(WAITS) - 1)]


def _note_relay(answers: Sequence[Answer], at: datetime) -> None:
    """Note that the server was away or is back; while all is well its row is read and not locked."""
    away = [answer.words for answer in answers if answer.outcome is Outcome.UNTRIED and answer.words]
    is_back = any(answer.outcome is Outcome.SENT for answer in answers)
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


def _error(answer: Answer) -> str:
    return f"{answer.code or ''} {answer.words}".strip()
