"""Lists page by page: how many are asked for, and where the next page begins, which only we can read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import Part, form, says

MOST = 200
Limit = Annotated[int, Meta(ge=1, le=MOST, extra=form("1〜200の整数", "a whole number from 1 to 200"))]
Cursor = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=300,
        pattern=r"^[A-Za-z0-9_-]+\Z",
        extra=form("前のページの next をそのまま", "what stood in “next” of the page before"),
    ),
]


class CursorNotGood(Refusal, code="cursor-not-good", status=422):
    """Given when a page is asked for from a place that we never named."""

    text = Text(
        "「cursor」が正しくありません。前のページの next をそのまま送るか、外して最初からお読みください。",
        "“cursor” is not good. Please send what stood in “next”, or leave it out to begin anew.",
    )


class Paged(Part, frozen=True, kw_only=True):
    """How many a page, and from where on."""

    limit: Annotated[Limit, says("1ページの件数", "how many a page")] = 50
    cursor: Annotated[Cursor | None, says("続きの位置", "where to go on")] = None


Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
"""The number of a row, where a page ends by it."""


def cut[Row](
    found: Sequence[Row], query: Paged, place: Callable[[Row], Any]
) -> tuple[Sequence[Row], str | None]:
    """Return the page of what was found, of which one more than asked was read, and where the next begins; None on the last.

    `place` says where a row stands, as `place_of` reads it back.
    """
    page = found[: query.limit]
    return page, cursor_of(place(page[-1])) if len(found) > len(page) else None


def cursor_of(place: Any) -> str:
    """Return the place at which a page ended as others pass it back."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str | None, place: Any) -> Any:
    """Return where the next page begins, None where it is the first."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=place)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise CursorNotGood from None
