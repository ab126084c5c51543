"""What a file is, by what stands in it and never by what it says of itself; and the name it is given back under."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from mamori.grammar.regex import regex

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
