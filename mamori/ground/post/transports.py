"""Where mail is handed over, read from MAMORI_MAIL: a server, or a folder for demos and trials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.post.addresses import Mailbox, Unusable, mailbox, shown


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
    """Return where mail goes; None where nothing is set."""
    if not url:
        return None
    try:
        found = urlsplit(url)
        if found.scheme == "folder":
            return _folder(found)
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
        return Sender(name=shown(given or name), mailbox=mailbox(address))
    except Unusable as why:
        raise NoSender(why=str(why)) from None


def _folder(found: SplitResult) -> Folder:
    path = Path(unquote(found.path))
    if found.netloc or not path.is_absolute() or path == Path("/"):
        raise ValueError("folder:///…")
    return Folder(path=path)


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
