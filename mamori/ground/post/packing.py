"""How a mail is made ready when it is sent: notice, reader, secret and sender brought together, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from django.conf import settings

from mamori.grammar.declaration import NoticeKind
from mamori.grammar.text import Lang
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact
from mamori.ground.post.addresses import Unusable, mailbox
from mamori.ground.post.audience import Recipient, page_of, recipient
from mamori.ground.post.carrying import Parcel
from mamori.ground.post.composing import Sheet, compose
from mamori.ground.post.models import Mail
from mamori.ground.post.stopping import stop_page
from mamori.ground.post.transports import sender
from mamori.ground.terms import facts as terms
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE


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
