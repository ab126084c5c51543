"""A moment as the log writes it: UTC with six digits, one spelling only."""

from __future__ import annotations

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def text_of(at: datetime) -> str:
    """Return an aware moment as text.

    :raises ValueError: when the moment carries no offset.
    """
    if at.tzinfo is None:
        raise ValueError("a moment must carry its offset")
    return at.astimezone(UTC).strftime(_FORM)


def moment_of(text: str) -> datetime:
    """Read a moment back.

    :raises ValueError: when the text is not in the one spelling.
    """
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
