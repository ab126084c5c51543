"""What people do about mail and letters: send again, print, post, leave out with a reason, and try the way out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import NoticeKind
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.facts import NoticeFact, NoticeState
from mamori.ground.post import delivering
from mamori.ground.post.audience import Recipient, record_act
from mamori.ground.post.carrying import MailAnswer, Parcel, carry
from mamori.ground.post.composing import compose
from mamori.ground.post.delivering import Packer
from mamori.ground.post.lifecycle import LETTER, LetterState
from mamori.ground.post.models import Letter, Mail
from mamori.ground.post.transports import TRIES, Unusable, mailbox, transport

# A mail that tries the way out: what the operator sends to itself to see that it arrives.


TRIAL_TITLE = Text("メール送信の試験", "A trial of outgoing mail")
TRIAL_BODY = Text(
    "このメールが届けば、送信の設定は働いています。ご対応は不要です。",
    "If you read this, outgoing mail works. There is nothing to do.",
)


class MailNotSet(Refusal, code="post.mail-not-set", status=409):
    """Given when mail is to be sent and MAMORI_MAIL is not set."""

    text = Text(
        "MAMORI_MAIL がありません。`mamori check` をご覧のうえ、設定してからお試しください。",
        "MAMORI_MAIL is not set. Look at `mamori check`, set it, and try again.",
    )


class AddressUnusable(Refusal, code="post.address-unusable", status=422):
    """Given when an address that somebody typed cannot be written to."""

    text = Text(
        "この宛先には送れません（{why}）。メールアドレスを1つだけ、正しく書いてください。",
        "This address cannot be written to ({why}). Please give one mail address.",
    )


def send_trial(*, to: str, token: str, at: datetime) -> MailAnswer:
    """Send one mail to `to` at once, past the queue, and return what the server said."""
    way = transport(settings.MAMORI_MAIL)
    if way is None:
        raise MailNotSet
    try:
        box = mailbox(to)
    except Unusable as why:
        raise AddressUnusable(why=str(why)) from None
    packer = Packer(at)
    notice = NoticeFact(
        number=0,
        to="",
        template="post.trial",
        kind=NoticeKind.TRANSACTIONAL,
        title={"ja": TRIAL_TITLE.ja, "en": TRIAL_TITLE.en},
        body={"ja": TRIAL_BODY.ja, "en": TRIAL_BODY.en},
        values={},
        about="post.trial",
        at=at,
        until=None,
        state=NoticeState.KEPT,
    )
    content = compose(
        packer.sheet(notice, Recipient(who="")),
        message_id=f"<{token}@{packer.sender.mailbox.domain}>",
        sender=packer.sender,
        to=box,
        at=at,
    )
    parcel = Parcel(
        mail=0,
        attempt=1,
        sender=packer.sender.mailbox.spec,
        to=box,
        name=f"{at:%Y%m%dT%H%M%SZ}-{token}",
        content=content,
    )
    [[(_, answer)]] = carry([parcel], way)
    return answer


# What people do about mail and letters: send again, write a letter instead, print, post, leave out with a reason.


class NoSuchMail(Refusal, code="post.no-such-mail", status=404):
    """Given when no open mail has that number."""

    text = Text(
        "未完了のメール {number} はありません。`mamori post list` で番号をご確認ください。",
        "There is no open mail {number}. Please look its number up with `mamori post list`.",
    )


class NoSuchLetter(Refusal, code="post.no-such-letter", status=404):
    """Given when no open letter has that number."""

    text = Text(
        "未投函の手紙 {number} はありません。`mamori post list` で番号をご確認ください。",
        "There is no open letter {number}. Please look its number up with `mamori post list`.",
    )


class NoPostalAddress(Refusal, code="post.no-postal-address", status=409):
    """Given when a letter is wanted for what cannot go by letter."""

    text = Text(
        "メール {number} は手紙にできません。住所が分からないか、手紙を使わない設定か、手紙にできない内容です。",
        "Mail {number} cannot become a letter: no postal address is known, letters are switched off, or its kind is never sent "
        "on paper.",
    )


class WhyMissing(Refusal, code="post.reason-missing", status=422):
    """Given when something is to be left out without a reason."""

    text = Text("取りやめる理由を書いてください。", "Please say why it is left out.")


def retry(actor: Actor, *, mail: int) -> None:
    """Let a mail be tried at once, with ten new tries."""
    with transaction.atomic():
        row = _mail(mail)
        delivering.step(row, "retry", actor.role)
        row.next_at, row.tries_left = actor.at, TRIES
        row.save(update_fields=delivering.CHANGED)
        record_act(actor, "retried", row.to, f"post.mail:{row.pk}")


def leave_out(actor: Actor, *, mail: int, reason: str) -> None:
    """Leave a mail out for good; its notice is kept."""
    _reasoned(reason)
    with transaction.atomic():
        row = _closed(actor, mail)
        outbox.notice_returned(numbers=[row.notice_id])
        record_act(actor, "left_out", row.to, f"post.mail:{row.pk}", reason=reason)


def write_instead(actor: Actor, *, mail: int) -> None:
    """Line up a letter in the place of a mail that does not arrive."""
    with transaction.atomic():
        row = _closed(actor, mail)
        if not delivering.write_letter(row, actor.at):
            raise NoPostalAddress(number=mail)
        record_act(actor, "letter_written", row.to, f"post.mail:{row.pk}")


def mark_printed(actor: Actor, *, letter: int) -> None:
    """Note that a letter lies printed; printing it again is allowed until it was posted."""
    with transaction.atomic():
        row = _letter(letter)
        _step(row, "print", actor)
        row.printed_at = actor.at
        row.save(update_fields=["state", "printed_at"])
        record_act(actor, "printed", row.to, f"post.letter:{row.pk}")


def mark_posted(actor: Actor, *, letter: int) -> None:
    """Note that a letter was given to the post office."""
    with transaction.atomic():
        row = _letter(letter)
        _step(row, "post", actor)
        row.closed_at = actor.at
        row.save(update_fields=["state", "closed_at"])
        outbox.notice_delivered(numbers=[row.notice_id], at=actor.at)
        record_act(actor, "posted", row.to, f"post.letter:{row.pk}")


def leave_letter_out(actor: Actor, *, letter: int, reason: str) -> None:
    """Leave a letter out for good; its notice is kept."""
    _reasoned(reason)
    with transaction.atomic():
        row = _letter(letter)
        _step(row, "leave_out", actor)
        row.closed_at = actor.at
        row.save(update_fields=["state", "closed_at"])
        outbox.notice_returned(numbers=[row.notice_id])
        record_act(actor, "letter_left_out", row.to, f"post.letter:{row.pk}", reason=reason)


def _closed(actor: Actor, mail: int) -> Mail:
    row = _mail(mail)
    delivering.step(row, "leave_out", actor.role)
    row.closed_at, row.next_at = actor.at, None
    row.save(update_fields=delivering.CHANGED)
    return row


def _mail(number: int) -> Mail:
    row = Mail.objects.select_for_update().filter(IS_OPEN, pk=number).first()
    if row is None:
        raise NoSuchMail(number=number)
    return row


def _letter(number: int) -> Letter:
    row = Letter.objects.select_for_update().filter(IS_OPEN, pk=number).first()
    if row is None:
        raise NoSuchLetter(number=number)
    return row


def _step(row: Letter, name: str, actor: Actor) -> None:
    row.state = LETTER.take(name, LetterState(row.state), actor.role).value


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise WhyMissing
