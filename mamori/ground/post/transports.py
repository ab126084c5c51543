"""Where mail is handed over and to which addresses, when it is tried again, and the folder of a demo read as an inbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from unicodedata import category, normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks

# Mail addresses and names as the marketplace gave them: made usable, or refused in a sentence.


_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]"
_LABEL = regex(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LOOKS_LIKE_MAIL = regex(r"[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+")


class Unusable(ValueError):
    """Says why an address cannot be written to; the words never hold the address."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that can be written to: the domain as servers know it, the local part as it was given."""

    local: str
    domain: str

    @property
    def needs_utf8(self) -> bool:
        """Say whether only servers that speak SMTPUTF8 can take it."""
        return not self.local.isascii()

    @property
    def spec(self) -> str:
        """Return it as the envelope carries it; dots that no grammar allows, as old mobile addresses have them, are quoted."""
        odd = self.local.startswith(".") or self.local.endswith(".") or ".." in self.local
        return f'"{self.local}"@{self.domain}' if odd else f"{self.local}@{self.domain}"


def mailbox(address: str) -> Mailbox:
    """Return the one mailbox that `address` names.

    :raises Unusable: when it is none, or several, or holds what no header may.
    """
    given = address.strip()
    folded = normalize(
        "NFKC", given
    )  # full-width letters are a slip of the keyboard, other scripts are meant
    local, at, domain = (
        folded if folded.rpartition("@")[0].isascii() else normalize("NFC", given)
    ).rpartition("@")
    if not at or not local or not domain:
        raise Unusable("there is no mail address" if not given else "it is not a mail address")
    if not all(re.fullmatch(_ATOM, c) if c.isascii() else category(c)[0] in "LMN" for c in local):
        raise Unusable("its name holds signs that no mail address may hold")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        raise Unusable("its domain cannot be written in ASCII") from None
    labels = ascii_domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Unusable("its domain is none")
    if len(local.encode()) > 64 or len(local.encode()) + 1 + len(ascii_domain) > 254:
        raise Unusable("it is too long")
    return Mailbox(local, ascii_domain)


def address_shown(words: str, *, most: int = 60) -> str:
    """Return somebody's words fit for one line of a header or a letter.

    Controls, line ends, marks that turn writing round and unpaired halves are dropped; what is too long is cut, and says so.
    """
    plain = normalize("NFC", "".join(" " if c.isspace() else c for c in words if _is_seen(c)))
    plain = " ".join(plain.split()).replace(
        "=?", "= ?"
    )  # or mail programs would decode it as a header's code
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def without_addresses(answer: str, *, most: int = 300) -> str:
    """Return a server's answer without the addresses that it may repeat: it is kept in the clear."""
    return _LOOKS_LIKE_MAIL.sub("‹…›", address_shown(answer, most=10_000))[:most]


def _is_seen(sign: str) -> bool:
    return sign.isspace() or category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Between the ten tries of a mail that its server puts off: about 71 hours, as mail servers themselves wait."""

TRIES = len(WAITS) + 1

LEASE = timedelta(minutes=4)
"""How long a worker has for a mail before another takes it over; sending ends well before."""

BATCH = 50
"""Mails that one worker takes at a time, over one connection."""

CONNECT_SECONDS = 10
COMMAND_SECONDS = 30
FINAL_SECONDS = 60
"""A server that checks what it was given answers late; whoever hangs up first gets it twice."""

PATIENCE_SECONDS = 15.0
"""After so long a worker begins no further mail, so that a code waits no longer behind others at a slow server.

Patience, a connection, three commands and the last answer together end within the lease.
"""

OVERDUE = timedelta(minutes=15)
"""A mail that waits longer than this beyond its turn is shown: the worker or the server is away."""


def rest(failures: int) -> timedelta:
    """Return how long a server that could not be reached is left alone: 5 s, doubling, at most a minute."""
    return timedelta(seconds=min(5 * 2 ** min(failures - 1, 4), 60))


_NAME = regex(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterbox:
    """A line of the inbox."""

    name: str
    at: datetime | None
    sender: str
    to: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A mail: its headers in their order, its text, and its HTML, which is shown apart from the page."""

    line: Letterbox
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


def read_folder(folder: Path, *, limit: int = 200) -> tuple[Letterbox, ...]:
    """Return the newest mails of the folder, the newest first; what is no mail of ours is passed over."""
    names = sorted((path.stem for path in folder.glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)
    found = (read_mail(folder, name) for name in names[:limit])
    return tuple(mail.line for mail in found if mail is not None)


def read_mail(folder: Path, name: str) -> Received | None:
    """Return one mail of the folder, None when there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (folder / f"{name}.eml").read_bytes()
    except OSError:
        return None
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)
    return Received(
        line=Letterbox(
            name=name,
            at=parsedate_to_datetime(str(message["Date"])) if message["Date"] else None,
            sender=str(message["From"] or ""),
            to=str(message["To"] or ""),
            subject=str(message["Subject"] or ""),
        ),
        headers=tuple((key, str(value)) for key, value in message.items()),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    content = part.get_content() if part is not None else ""
    return content if isinstance(content, str) else ""


# Where mail is handed over, read from MAMORI_MAIL: a server, or a folder for demos and trials.


class BadMailUrl(Refusal, code="post.bad-mail-url", status=422):
    """Given when MAMORI_MAIL cannot be read."""

    text = Text(
        "MAMORI_MAIL を読めません（{why}）。smtp://利用者:合言葉@ホスト:587?tls=starttls、smtps://…、"
        "folder:///場所 のどれかの形で書いてください。",
        "MAMORI_MAIL cannot be read ({why}). Write smtp://user:password@host:587?tls=starttls, smtps://… or folder:///path.",
    )


class NoSender(Refusal, code="post.no-sender", status=422):
    """Given when MAMORI_MAIL_FROM is missing or no mail address."""

    text = Text(
        "差出人がありません（{why}）。MAMORI_MAIL_FROM に「相談窓口 <help@market.example>」のように書いてください。",
        "There is no sender ({why}). Set MAMORI_MAIL_FROM to something like “Customer centre <help@market.example>”.",
    )


class Tls(StrEnum):
    """How the way to the server is closed to others."""

    NONE = "none"
    STARTTLS = "starttls"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server; `ca` is the certificate file of an authority of one's own."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""

    @property
    def spoken(self) -> str:
        """Name it without its password."""
        return f"{self.host}:{self.port} ({self.tls})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder into which each mail is written as a file."""

    path: Path

    @property
    def spoken(self) -> str:
        """Name it."""
        return str(self.path)


type Transport = Server | Folder


def transport(url: str) -> Transport | None:
    """Return where mail goes; None where nothing is set.  No mail leaves a sandbox, whatever is set: a folder keeps it."""
    if clocks.is_sandbox():
        return Folder(path=settings.HOME / "mail")
    if not url:
        return None
    try:
        found = urlsplit(url)
        if found.scheme == "folder":
            path = Path(unquote(found.path))
            if found.netloc or not path.is_absolute() or path == Path("/"):
                raise ValueError("folder:///…")
            return Folder(path=path)
        if found.scheme not in ("smtp", "smtps"):
            raise ValueError("smtp, smtps, folder")
        return _server(found, dict(parse_qsl(found.query, strict_parsing=bool(found.query))))
    except ValueError as error:
        raise BadMailUrl(why=str(error)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """From whom mail comes."""

    name: str
    mailbox: Mailbox


@lru_cache(maxsize=16)
def sender(written: str, name: str = "") -> Sender:
    """Return the sender that MAMORI_MAIL_FROM names; `name` stands where it gives none."""
    given, address = parseaddr(written)
    try:
        return Sender(name=address_shown(given or name), mailbox=mailbox(address))
    except Unusable as why:
        raise NoSender(why=str(why)) from None


def _server(found: SplitResult, options: Mapping[str, str]) -> Server:
    host = found.hostname or ""
    try:
        port = found.port
    except ValueError:  # its own words could repeat a piece of a password with a / in it
        raise ValueError("port, or a password with signs that need %-escapes") from None
    if not host:
        raise ValueError("host")
    if unknown := options.keys() - {"tls", "ca"}:
        raise ValueError(f"?{min(unknown)}=")
    implicit = found.scheme == "smtps"
    usual = Tls.IMPLICIT if implicit else Tls.NONE if _is_here(host) else Tls.STARTTLS
    tls = Tls(options.get("tls", usual))
    if implicit != (tls is Tls.IMPLICIT):
        raise ValueError(f"{found.scheme}: tls={tls}")
    user, password = unquote(found.username or ""), unquote(found.password or "")
    if user and tls is Tls.NONE and not _is_here(host):
        raise ValueError("tls=none + password")
    return Server(
        host=host,
        port=port or (465 if implicit else 587 if user else 25),
        tls=tls,
        user=user,
        password=password,
        ca=options.get("ca", ""),
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
