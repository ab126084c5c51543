"""The way out of advertising: a page address that only its reader was given."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

_SALT = "mamori.post.stop"


def stop_page(who: str) -> str:
    """Return the page on which `who` stops advertising without signing in."""
    return f"{settings.ORIGIN}/stop/{signing.dumps(who, salt=_SALT)}/"


def who_stops(token: str) -> str | None:
    """Return whose page it is, None when nobody was given such an address."""
    try:
        who = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return who if isinstance(who, str) else None
