"""Django's own mails, such as those of sign-in, by the same way out as our notices: the server or the folder of MAMORI_MAIL."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mamori.ground.post.addresses import Unusable, mailbox
from mamori.ground.post.carrying import Answer, Outcome, Parcel, carry
from mamori.ground.post.transports import sender, transport

log = logging.getLogger(__name__)


class NotTaken(OSError):
    """Says that a mail was not taken, without the address that it was for."""


class Backend(BaseEmailBackend):
    """Hands Django's mails over at once; each of them has one reader."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand them over and return how many were taken.

        :raises NotTaken: when one was not.
        """
        way = transport(settings.MAMORI_MAIL)
        if way is None:
            log.error("MAMORI_MAIL is not set: %d mails of sign-in were not sent", len(email_messages))
            return 0
        parcels = [parcel for message in email_messages for parcel in _parcels(message)]
        answers: list[Answer] = [answer for told in carry(parcels, way) for _, answer in told]
        for answer in answers:
            if answer.outcome is not Outcome.SENT:
                raise NotTaken(f"{answer.code or ''} {answer.words}".strip())
        return len(email_messages)


def _parcels(message: EmailMessage) -> list[Parcel]:
    origin = sender(settings.MAMORI_MAIL_FROM)
    made = message.message()
    made["Auto-Submitted"] = "auto-generated"
    content = made.as_bytes()
    at = parsedate_to_datetime(str(made["Date"])).astimezone(UTC)
    parcels = []
    for address in message.recipients():
        try:
            to = mailbox(address)
        except Unusable as why:
            raise NotTaken(str(why)) from None
        token = sha256(content + to.spec.encode()).hexdigest()[:32]
        name = f"{at:%Y%m%dT%H%M%SZ}-{token}"
        parcels.append(
            Parcel(mail=0, attempt=1, sender=origin.mailbox.spec, to=to, name=name, content=content)
        )
    return parcels
