"""A stranger's file looked at: what it is, what the scanner says, and the process that rebuilds it, believed little."""

from __future__ import annotations

import json
import re
import socket
import struct
import subprocess
import sys
import threading
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

CHUNK = 64 << 10
PATIENCE = 20.0
MOST_ANSWER = 4_096


class Verdict(StrEnum):
    """What the scanner says; `none` where none is set, `away` where it is set and does not answer."""

    NONE = "none"
    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"


def scan(content: bytes) -> Verdict:
    """Return what the scanner that MAMORI_SCANNER names says of the content."""
    if not settings.SCANNER:
        return Verdict.NONE
    try:
        with _connected(settings.SCANNER) as scanner:
            answer = _asked(scanner, content)
    except (OSError, ValueError):
        return Verdict.AWAY
    if answer.endswith("FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == "stream: OK" else Verdict.AWAY


def _connected(address: str) -> socket.socket:
    """Connect to `unix:/path` or `tcp:host:port`."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(PATIENCE)
        try:
            client.connect(rest)
        except OSError:
            client.close()
            raise
        return client
    host, _, port = rest.rpartition(":")
    if kind != "tcp" or not host:
        raise ValueError(address)
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


def _asked(scanner: socket.socket, content: bytes) -> str:
    scanner.sendall(b"zINSTREAM\0")
    for at in range(0, len(content), CHUNK):
        part = content[at : at + CHUNK]
        scanner.sendall(struct.pack("!I", len(part)) + part)
    scanner.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER and (part := scanner.recv(MOST_ANSWER)):
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


# What a file is, by what stands in it and never by what it says of itself; and the name it is given back under.


MOST_NAME = 120


class Kind(StrEnum):
    """The kinds that are taken in."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    TEXT = "text"

    @property
    def media_type(self) -> str:
        """Return the type that the original is handed out as."""
        return {Kind.PDF: "application/pdf", Kind.TEXT: "text/plain; charset=utf-8"}.get(
            self, f"image/{self}"
        )

    @property
    def ending(self) -> str:
        """Return the ending that a name of this kind has."""
        return {Kind.JPEG: ".jpg", Kind.TEXT: ".txt"}.get(self, f".{self}")


IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.GIF})
_HEADS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"%PDF-", Kind.PDF),
)
_MARKUP = regex(
    r"<\s*(?:!doctype|!entity|\?xml|\?php|svg|html|script|iframe|object|embed|body|head|img|math|foreignobject|[a-z]+:svg)\b",
    re.IGNORECASE,
)
_CONTROL = regex("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ENDINGS = regex(r"\.(?:jpe?g|png|webp|gif|pdf|txt|csv|log|text)$", re.IGNORECASE)


def kind_of(content: bytes) -> Kind | None:
    """Return the kind, None for what is not taken in: markup and anything that a browser might run among them."""
    for head, kind in _HEADS:
        if content.startswith(head):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    return Kind.TEXT if text_of(content) is not None else None


def is_heic(content: bytes) -> bool:
    """Say whether this is a photo of the kind that telephones take and browsers do not show."""
    return content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"heim", b"hevc", b"avif"}


def text_of(content: bytes) -> str | None:
    """Return the text that the content is, in UTF-8 or Shift_JIS, None when it is no plain text."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "%PDF-" in text[:1024]:
            return None  # some readers take it for a PDF wherever that stands
        return None if _CONTROL.search(text) or _MARKUP.search(unicodedata.normalize("NFKC", text)) else text
    return None


def safe_name(name: str, kind: Kind) -> str:
    """Return the name without folders, marks that turn it round, NUL or other unseen characters; its ending is its kind's."""
    name = unicodedata.normalize("NFC", name.encode(errors="replace").decode())
    name = re.split(r"[/\\:]", name)[-1]
    seen = "".join(
        c for c in name if unicodedata.category(c)[0] != "C" and unicodedata.category(c) not in {"Zl", "Zp"}
    )
    seen = re.sub(r'["<>|?*;%&`$]', "_", " ".join(seen.split())).strip(". ")
    stem = _ENDINGS.sub("", seen).strip(". ")
    return (stem[:MOST_NAME].strip(". ") or "file") + kind.ending


# Starts the process that rebuilds a stranger's file, watches over it, and believes little of what it gives back.


MEMORY = 260 << 20
CPU_SECONDS = 4
WALL_SECONDS = 10.0
SIDE = 2_048
MOST_OUT = 64 << 20
MOST_TEXT = 200_000


class FileUnreadable(Refusal, code="vault.unreadable", status=422):
    """The file is damaged, or not what its first bytes say."""

    text = Text(
        "ファイルが壊れているか、途中で切れているため、開けません。もう一度書き出してからお送りください。",
        "The file is damaged or cut off and cannot be opened. Please save it again and send it once more.",
    )


class FileLocked(Refusal, code="vault.locked", status=422):
    """The PDF opens with a password only."""

    text = Text(
        "パスワードの付いた PDF は受け取れません。パスワードを外すか、画面の写真をお送りください。",
        "A PDF with a password cannot be taken. Please remove the password, or send a picture of it.",
    )


class TooManyPages(Refusal, code="vault.too_many_pages", status=422):
    """The PDF has more pages than are shown as pictures."""

    text = Text(
        "PDF は{most}ページまでです。必要なページだけを抜き出してお送りください。",
        "A PDF may have {most} pages. Please send only the pages that matter.",
    )


class FileTooHeavy(Refusal, code="vault.too_heavy", status=422):
    """Showing the file would take more memory or time than a file of ordinary people does."""

    text = Text(
        "画像が大きすぎるか、複雑すぎて開けません。小さくするか、画面の写真を撮ってお送りください。",
        "The picture is too large or too complicated to open. Please make it smaller, or send a photo of the screen.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may ask of us."""

    bytes: int
    pixels: int
    pages: int
    side: int = SIDE


def rebuild(content: bytes, kind: Kind, limits: Limits) -> list[bytes]:
    """Return what may be shown of a file: new JPEG pictures page by page, or of a text its text."""
    if kind is Kind.TEXT:
        text = text_of(content)
        if text is None:
            raise FileUnreadable
        return [text[:MOST_TEXT].encode()]
    told, body = _run(content, kind, limits)
    match told.get("refused"):
        case None:
            sizes = told.get("sizes")
            if not isinstance(sizes, list) or not all(type(size) is int for size in sizes):
                raise FileUnreadable
            return _cut(sizes, body)
        case "locked":
            raise FileLocked
        case "pages":
            raise TooManyPages(most=limits.pages)
        case "heavy":
            raise FileTooHeavy
    raise FileUnreadable


def _run(content: bytes, kind: Kind, limits: Limits) -> tuple[dict[str, Any], bytes]:
    asked = {"kind": kind.value, "bytes": limits.bytes, "pixels": limits.pixels, "pages": limits.pages}
    asked |= {"memory": MEMORY, "seconds": CPU_SECONDS, "side": limits.side}
    process = subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-I", "-m", "mamori.ground.vault.rebuilding", json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd=Path("/"),
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    clock = threading.Timer(WALL_SECONDS, process.kill)
    feeder = threading.Thread(target=_feed, args=(process.stdin, content))
    clock.start()
    feeder.start()
    try:
        answer = process.stdout.read(MOST_OUT + 1)
    finally:
        clock.cancel()
        process.kill()
        feeder.join()
        process.stdout.close()
        process.wait()
    head, _, body = answer.partition(b"\n")
    if not head or len(answer) > MOST_OUT:
        raise FileTooHeavy  # it was stopped by a limit: only then does it say nothing
    try:
        told = json.loads(head)
    except ValueError:
        raise FileUnreadable from None
    if not isinstance(told, dict):
        raise FileUnreadable
    return told, body


def _feed(pipe: Any, content: bytes) -> None:
    with suppress(OSError), pipe:
        pipe.write(content)


def _cut(sizes: list[int], body: bytes) -> list[bytes]:
    """Cut the answer into pictures, and see that each is a bare JPEG."""
    parts, at = [], 0
    for size in sizes:
        part = body[at : at + size]
        if len(part) != size or not is_bare_jpeg(part):
            raise FileUnreadable
        parts.append(part)
        at += size
    if at != len(body) or not parts:
        raise FileUnreadable
    return parts


def is_bare_jpeg(picture: bytes) -> bool:
    """Say whether a JPEG holds its picture only: no EXIF, comment, profile or other passenger, and nothing behind its end."""
    if picture[:2] != b"\xff\xd8" or picture[-2:] != b"\xff\xd9":
        return False
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        if marker == 0xDA:
            return picture.find(b"\xff\xd9", at) == len(picture) - 2
        if marker == 0xE0:
            if length != 16 or picture[at + 4 : at + 9] != b"JFIF\0":
                return False
        elif marker not in {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD}:
            return False
        at += 2 + length
    return False
