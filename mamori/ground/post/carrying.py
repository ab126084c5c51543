"""How mail is handed over, Django's own too: one connection for many, every answer told apart, nothing wrong an exception."""

from __future__ import annotations

import logging
import os
import queue
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mamori.ground.post.transports import (
    COMMAND_SECONDS,
    CONNECT_SECONDS,
    FINAL_SECONDS,
    PATIENCE_SECONDS,
    Folder,
    Mailbox,
    Server,
    Tls,
    Transport,
    Unusable,
    mailbox,
    sender,
    transport,
    without_addresses,
)

# How mail is handed over: one connection for many, every answer told apart, nothing that goes wrong an exception.


AHEAD = 3
"""So many mails may be handed over and not yet written down; a worker that is killed sends these again."""
RECONNECTS = 3


class MailOutcome(StrEnum):
    """What came of one mail."""

    SENT = "sent"
    LATER = "later"  # this mail was put off
    REFUSED = "refused"  # this mail will never be taken
    UNTRIED = "untried"  # the server could not be used at all: no mail is to blame


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mail ready to go: its envelope, its bytes, and the name that it would have as a file."""

    mail: int
    attempt: int
    sender: str
    to: Mailbox
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAnswer:
    """What came of one try: the outcome, the server's code, and its words without addresses."""

    outcome: MailOutcome
    code: int | None = None
    words: str = ""
    milliseconds: int = 0


class Unreachable(Exception):
    """Says that the server or folder cannot be used just now."""


class Carrier(Protocol):
    """Takes mail one by one over one connection."""

    def open(self) -> None:
        """Get ready."""

    def hand_over(self, parcel: Parcel) -> MailAnswer:
        """Hand one mail over."""

    def close(self) -> None:
        """Let go."""

    @property
    def is_open(self) -> bool:
        """Say whether the next mail can follow on the same connection."""


def carrier_of(transport: Transport) -> Carrier:
    """Return what hands mail to a server or a folder."""
    return FolderCarrier(transport) if isinstance(transport, Folder) else ServerCarrier(transport)


def carry(
    parcels: Sequence[Parcel], transport: Transport, *, patience: float = PATIENCE_SECONDS
) -> Iterator[list[tuple[Parcel, MailAnswer]]]:
    """Hand parcels over one after the other and yield answers as they come, those that wait together."""
    answers: queue.Queue[tuple[Parcel, MailAnswer]] = queue.Queue(maxsize=AHEAD)
    stop = threading.Event()

    def actor() -> None:
        for told in _one_by_one(parcels, carrier_of(transport), time.monotonic() + patience, stop):
            while not stop.is_set():
                with suppress(queue.Full):
                    answers.put(told, timeout=0.2)
                    break

    thread = threading.Thread(target=actor, daemon=True, name="post")
    thread.start()
    missing = len(parcels)
    try:
        while missing:
            told = [answers.get()]
            with suppress(queue.Empty):
                while len(told) < AHEAD:
                    told.append(answers.get_nowait())
            missing -= len(told)
            yield told
    finally:
        stop.set()


def _one_by_one(
    parcels: Sequence[Parcel], carrier: Carrier, deadline: float, stop: threading.Event
) -> Iterator[tuple[Parcel, MailAnswer]]:
    away, connections = "", 0
    for parcel in parcels:
        began = time.monotonic()
        if away or began > deadline or stop.is_set():
            yield parcel, MailAnswer(outcome=MailOutcome.UNTRIED, words=away)
            continue
        try:
            if not carrier.is_open:
                if connections > RECONNECTS:
                    raise Unreachable("it hangs up again and again")
                connections += 1
                carrier.open()
            answer = carrier.hand_over(parcel)
        except Unreachable as error:
            away = without_addresses(str(error)) or type(error).__name__
            answer = MailAnswer(outcome=MailOutcome.UNTRIED, words=away)
        milliseconds = int((time.monotonic() - began) * 1000)
        yield (
            parcel,
            MailAnswer(
                outcome=answer.outcome, code=answer.code, words=answer.words, milliseconds=milliseconds
            ),
        )
    carrier.close()


class FolderCarrier:
    """Writes each mail as a file, whole or not at all; the same mail again replaces its file."""

    def __init__(self, folder: Folder) -> None:
        self.path = folder.path

    @property
    def is_open(self) -> bool:
        """Say no: the folder is looked at each time."""
        return True

    def open(self) -> None:
        """Do nothing."""

    def hand_over(self, parcel: Parcel) -> MailAnswer:
        """Write the file and let it reach the disk."""
        whole, half = self.path / f"{parcel.name}.eml", self.path / f".{parcel.name}.{os.getpid()}"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(half, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(parcel.content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(whole)
        except OSError as error:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise Unreachable(f"{self.path}: {error.strerror}") from None
        return MailAnswer(outcome=MailOutcome.SENT, words="written")

    def close(self) -> None:
        """Do nothing."""


class ServerCarrier:
    """Speaks SMTP: closed to others where that is asked, signed in where a name is given."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.smtp: smtplib.SMTP | None = None

    @property
    def is_open(self) -> bool:
        """Say whether the connection stands."""
        return self.smtp is not None and self.smtp.sock is not None

    def open(self) -> None:
        """Connect, greet, close the way to others, sign in.

        :raises Unreachable: when any of it fails: that is about us or the server, and no mail's fault.
        """
        server = self.server
        try:
            if server.tls is Tls.IMPLICIT:
                self.smtp = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=CONNECT_SECONDS, context=self._context()
                )
            else:
                self.smtp = smtplib.SMTP(server.host, server.port, timeout=CONNECT_SECONDS)
            self._socket().settimeout(COMMAND_SECONDS)
            if server.tls is Tls.STARTTLS:
                self.smtp.starttls(context=self._context())
            self.smtp.ehlo_or_helo_if_needed()
            if server.user:
                self.smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.close()
            raise Unreachable(f"{server.host}:{server.port}: {_said(error)}") from None

    def hand_over(self, parcel: Parcel) -> MailAnswer:
        """Hand one mail over."""
        assert self.smtp is not None
        if parcel.to.needs_utf8 and not self.smtp.has_extn("smtputf8"):
            words = "the address needs SMTPUTF8, which the server does not speak"
            return MailAnswer(outcome=MailOutcome.REFUSED, words=words)
        try:
            return self._dialogue(self.smtp, parcel)
        except (
            OSError,
            smtplib.SMTPException,
        ) as error:  # it may or may not have been taken: once more, under the same id
            self.close()
            return MailAnswer(outcome=MailOutcome.LATER, words=f"the connection broke: {_said(error)}")

    def _dialogue(self, smtp: smtplib.SMTP, parcel: Parcel) -> MailAnswer:
        options = ["BODY=8BITMIME", "SMTPUTF8"] if parcel.to.needs_utf8 else []
        smtp.command_encoding = "utf-8" if parcel.to.needs_utf8 else "ascii"
        code, words = smtp.mail(parcel.sender, options)
        if code >= 500:
            self.close()
            raise Unreachable(f"{code} {_words(words)}")
        if 200 <= code < 300:
            code, words = smtp.rcpt(parcel.to.spec)
        if 200 <= code < 300:
            self._socket().settimeout(FINAL_SECONDS)
            code, words = self._data(smtp, parcel.content)
            self._socket().settimeout(COMMAND_SECONDS)
        if 200 <= code < 300:
            return MailAnswer(outcome=MailOutcome.SENT, code=code, words=_words(words))
        if code == 421:
            self.close()  # it said goodbye
        else:
            smtp.rset()
        outcome = MailOutcome.REFUSED if code >= 500 else MailOutcome.LATER
        return MailAnswer(outcome=outcome, code=code, words=_words(words))

    def _data(self, smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        try:
            return smtp.data(content)
        except smtplib.SMTPDataError as error:
            said = error.smtp_error
            return error.smtp_code, said if isinstance(said, bytes) else said.encode()

    def close(self) -> None:
        """Say goodbye and let go."""
        smtp, self.smtp = self.smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _socket(self) -> ssl.SSLSocket:
        assert self.smtp is not None
        if self.smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("it hung up")
        return self.smtp.sock  # type: ignore[return-value]  # a plain socket where there is no TLS

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.server.ca or None)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {_words(said if isinstance(said, bytes) else said.encode())}"
    return without_addresses(str(error) or type(error).__name__)


def _words(said: bytes) -> str:
    return without_addresses(said.decode("utf-8", errors="replace"))


log = logging.getLogger(__name__)


class NotTaken(OSError):
    """Says that a mail was not taken, without the address that it was for."""


class Backend(BaseEmailBackend):
    """Hands Django's mails over at once; each of them has one reader."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand them over and return how many were taken."""
        way = transport(settings.MAMORI_MAIL)
        if way is None:
            log.error("MAMORI_MAIL is not set: %d mails of sign-in were not sent", len(email_messages))
            return 0
        parcels = [parcel for message in email_messages for parcel in _parcels(message)]
        answers: list[MailAnswer] = [answer for told in carry(parcels, way) for _, answer in told]
        for answer in answers:
            if answer.outcome is not MailOutcome.SENT:
                raise NotTaken(f"{answer.code or ''} {answer.words}".strip())
        return len(email_messages)


def try_out(message: EmailMessage) -> MailAnswer:
    """Hand one mail for one reader over at once, and return what the server answered."""
    way = transport(settings.MAMORI_MAIL)
    if way is None:
        return MailAnswer(outcome=MailOutcome.UNTRIED, words="MAMORI_MAIL")
    return next(answer for told in carry(_parcels(message), way) for _, answer in told)


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
