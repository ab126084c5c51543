"""The folder of a demo read as an inbox: what lies there, and one mail taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from mamori.grammar.regex import regex

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
