"""Coming in by a link that the marketplace signed: once, and only by somebody's own press of a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people.models import Once
from mamori.ground.people.presence import Presence
from mamori.ground.people.rules import CLOCKS_MAY_DIFFER, LINK_MINUTES
from mamori.ground.people.tokens import BadToken, read
from mamori.ground.seal import facts as seals

LONGEST_URL = 500


class LinkUnusable(Refusal, code="people.link-unusable", status=410):
    """Given for every link that does not hold, whatever is wrong with it."""

    text = Text(
        f"このリンクは使えません。リンクは一度だけ、長くても{LINK_MINUTES}分のあいだ使えます。"
        "お使いの通販サイトの画面から、もう一度開いてください。",
        f"This link cannot be used. A link works once, for {LINK_MINUTES} minutes at most. "
        "Please open it again from the marketplace.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Who came in by a link, the page of ours that it leads to, and the shop's page that leads back, "" where none is told."""

    presence: Presence
    to: str
    return_url: str


def sign_in_by_link(*, token: str, audience: str, at: datetime) -> CameIn:
    """Take a link, use it up, and return who came in."""
    try:
        signed = read(token, at=at, audience=audience)
    except BadToken:
        raise LinkUnusable() from None
    try:
        with transaction.atomic():
            Once.objects.create(
                digest=seals.digest_of(f"link\n{signed.kid}\n{signed.jti}"),
                until=signed.until + CLOCKS_MAY_DIFFER,
            )
    except IntegrityError:
        raise LinkUnusable() from None
    return CameIn(presence=signed.presence, to=local_path(signed.to), return_url=shop_page(signed.return_url))


def local_path(path: str) -> str:
    """Return a path of ours, or nothing when it would lead anywhere else."""
    plain = path.isprintable() and path.isascii() and not set(path) & {"\\", " "}
    return path if plain and path.startswith("/") and not path.startswith("//") else ""


def shop_page(url: str) -> str:
    """Return an address of the web, or nothing where it is another kind or hides who is there."""
    plain = url.isprintable() and url.isascii() and len(url) <= LONGEST_URL and not set(url) & {"\\", " "}
    try:
        found = urlsplit(url) if plain else None
    except ValueError:
        return ""
    is_page = (
        found is not None and found.scheme in ("https", "http") and found.hostname and "@" not in found.netloc
    )
    return url if is_page else ""
