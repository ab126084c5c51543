"""Who a notice is for: name, ways to reach them, language, and the page where they answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.text import Lang
from mamori.ground.market import facts as market
from mamori.ground.people import facts as people
from mamori.ground.post.models import Reader

type PageOf = Callable[[str, str], str]
"""Returns the path of the page on which `to` answers about `about`, empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A reader; what is not known is empty, and nothing is known of somebody who was erased."""

    who: str
    name: str = ""
    mail: str = ""
    address: str = ""
    language: Lang | None = None


def _no_page(to: str, about: str) -> str:
    return ""


_page_of: PageOf = _no_page


def use(page_of: PageOf) -> None:
    """Let `page_of` say on which page somebody answers: rooms and doors stand above, so site/wiring.py names it."""
    global _page_of  # noqa: PLW0603  # named once at start-up
    _page_of = page_of


def page_of(to: str, about: str) -> str:
    """Return the whole address of the page, empty when there is none."""
    path = _page_of(to, about)
    return f"{settings.ORIGIN}{path}" if path else ""


def readers_of(to: str) -> tuple[str, ...]:
    """Return who reads what is for `to`: a role of the staff stands for everybody who has it."""
    if to in {role.value for role in STAFF}:
        return tuple(one.who for one in people.staff_of(Role(to)))
    return (to,)


def recipient(who: str) -> Recipient:
    """Return the reader as known at this moment."""
    kind, _, ref = who.partition(":")
    language = Reader.objects.filter(pk=who).values_list("language", flat=True).first()
    known = cast("Lang | None", language)
    if kind == "buyer" and (buyer := market.buyer(ref)):
        contact = buyer.contact
        return Recipient(
            who=who, name=contact.name, mail=contact.mail, address=contact.address, language=known
        )
    if kind == "seller" and (seller := market.seller(ref)):
        contact = seller.contact
        name = " ".join(part for part in (contact.name, contact.person) if part)
        return Recipient(who=who, name=name, mail=contact.mail, address=contact.address, language=known)
    if person := people.reachable(who):
        return Recipient(who=who, name=person.name, mail=person.mail, language=known)
    return Recipient(who=who, language=known)
