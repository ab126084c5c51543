"""Who a notice is for: name, ways to reach them, language; who asked for advertising, and the way out of it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import facts as people
from mamori.ground.post.models import IS_IN_FORCE, OptIn, Reader
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.law.settings import OUTSIDE_READER


def record_act(actor: Actor, verb: str, who: str, about: str, *, reason: str = "", **payload: Any) -> None:
    """Record an act about somebody's mail or letters, sealed with that person's key, in the caller's transaction."""
    subject = who if who.startswith(("buyer:", "seller:")) else "market"
    ledger.record(actor, kind=f"post.{verb}", subject=subject, about=about, reason=reason, payload=payload)


class NotAskedFor(Refusal, code="post.not-asked-for", status=409):
    """Given when advertising is to go to somebody who did not ask for it."""

    text = Text(
        "{to} は広告の受信に同意していないため送れません。同意の記録を残してから送ってください。",
        "{to} has not asked for advertising, so none is sent. Record the consent first.",
    )


class HowMissing(Refusal, code="post.how-missing", status=422):
    """Given when a consent is recorded without the words that were answered."""

    text = Text(
        "どのような案内に同意したかを500文字までで書いてください。",
        "Please write down, in at most 500 characters, which words were agreed to.",
    )


def opt_in(actor: Actor, *, who: str, how: str) -> bool:
    """Record that somebody asked for advertising, in answer to the words `how`; say whether that was new."""
    if not how.strip() or len(how) > 500:
        raise HowMissing
    try:
        with transaction.atomic():
            OptIn.objects.create(who=who, how=how.strip(), at=actor.at)
            record_act(actor, "opted_in", who, f"post.ads:{who}", how=how.strip())
    except IntegrityError:
        return False
    return True


def opt_out(actor: Actor, *, who: str) -> bool:
    """Record that somebody wants no advertising any more; say whether any was asked for."""
    with transaction.atomic():
        changed = OptIn.objects.filter(IS_IN_FORCE, who=who).update(withdrawn_at=actor.at)
        if changed:
            record_act(actor, "opted_out", who, f"post.ads:{who}")
    return bool(changed)


def has_asked(who: str) -> bool:
    """Say whether somebody asked for advertising and did not take it back."""
    return OptIn.objects.filter(IS_IN_FORCE, who=who).exists()


def choose_language(actor: Actor, *, who: str, language: Lang) -> None:
    """Write to somebody in this language from now on."""
    with transaction.atomic():
        _, is_new = Reader.objects.update_or_create(who=who, defaults={"language": language})
        record_act(actor, "language_chosen", who, f"post.reader:{who}", language=language, first=is_new)


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


# Who a notice is for: name, ways to reach them, language, and the page where they answer.


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A reader; what is not known is empty, and nothing is known of somebody who was erased.

    `language` is what the reader chose here; `told` is the code that the marketplace told of a seller.
    """

    who: str
    name: str = ""
    mail: str = ""
    address: str = ""
    language: Lang | None = None
    told: str = ""

    @property
    def languages(self) -> tuple[Lang, ...]:
        """Return the languages to write in: the chosen one; else Japanese, with English before it for who reads that.

        A seller whose language is Japanese is written to in it alone; whoever reads another than the two gets both.
        """
        if self.language:
            return (self.language,)
        match self.told.partition("-")[0].lower():
            case "ja":
                return ("ja",)
            case "en":
                return ("en", "ja")
            case _:
                return ("ja", "en")


FORMER = "former:"
"""Before a seller's name: the mail address that its present one replaced, for notices on its money."""
FORMER_FOR = timedelta(days=90)
SHOWN = "shown:"
"""Before a seller's name: the mail address that it shows to buyers."""
ROLES = {role.value: role for role in STAFF} | {people.EVERY_READER: Role.READER}
"""What stands for everybody who has a role; “reader” alone is the outside reader."""
_mail_shown: Callable[[str], str] = lambda seller_ref: ""  # noqa: E731  # until the site says who knows it
_guests: dict[str, tuple[Callable[[str], tuple[str, str]], Callable[[str], tuple[str, str]]]] = {}
"""Of people without an account, by what stands before their name: mail address and language, name and postal address."""


def use_shown(mail_shown: Callable[[str], str]) -> None:
    """Let `mail_shown` say which mail address a seller shows: the room that keeps it stands above."""
    global _mail_shown  # noqa: PLW0603  # named once at start-up, in site/wiring.py
    _mail_shown = mail_shown


def _nowhere(name: str) -> tuple[str, str]:
    return "", ""


def use_guests(
    kind: str,
    mail_of: Callable[[str], tuple[str, str]],
    address_of: Callable[[str], tuple[str, str]] = _nowhere,
) -> None:
    """Let a room above say where the notices for "kind:name" go: by mail, in which language; by letter, under which name."""
    _guests[kind] = mail_of, address_of


def is_guest(who: str) -> bool:
    """Say whether somebody without an account is named, whom only a room knows, and the marketplace does not."""
    return who.partition(":")[0] in _guests


def page_of(to: str, about: str) -> str:
    """Return the whole address of the page, empty when there is none."""
    path = outbox.page_of(to, about)
    return f"{settings.ORIGIN}{path}" if path else ""


def readers_of(to: str, at: datetime) -> tuple[str, ...]:
    """Return who reads what is for `to`: a role of the staff stands for everybody who has it."""
    if to.startswith(FORMER):
        ref = to.removeprefix(f"{FORMER}seller:")
        return tuple(f"{FORMER}{int(one.until.timestamp())}:seller:{ref}" for one in former_of(ref, at))
    if role := ROLES.get(to):
        return tuple(one.who for one in people.accounts(at=at) if one.is_active and one.role is role)
    return (to,)


def recipient(who: str, at: datetime) -> Recipient:
    """Return the reader as known at this moment."""
    if who.startswith(FORMER):
        return _former(who, at)
    if who.startswith(SHOWN):
        return _at_shown(who, at)
    kind, _, ref = who.partition(":")
    if kind in _guests:
        mail_of, address_of = _guests[kind]
        mail, lang = mail_of(ref)
        name, address = address_of(ref)
        known = cast("Lang", lang) if mail or address else None
        return Recipient(who=who, name=name, mail=mail, address=address, language=known)
    found = Reader.objects.filter(pk=who).values_list("language", flat=True).first()
    language, told = cast("Lang | None", found), ""
    if kind == "buyer":
        buyer = market.buyer(ref)
        contact = buyer.contact if buyer else market.Contact()
        name = contact.name
    elif who == people.OUTSIDE_READER:
        contact, name = market.Contact(mail=terms.setting(OUTSIDE_READER, at=at)), ""
    elif person := people.address_of(who):  # staff, or the delegate of a seller
        contact, name = market.Contact(mail=person[1]), person[0]
    else:
        seller = market.seller(ref) if kind == "seller" else None
        contact = seller.contact if seller else market.Contact()
        told = contact.lang
        name = " ".join(part for part in (contact.name, contact.person) if part)
    return Recipient(
        who=who, name=name, mail=contact.mail, address=contact.address, language=language, told=told
    )


def shown_reader(seller: str) -> str:
    """Return the name of a reader ("seller:S-1") at the address that it shows now: shown otherwise, nobody reads by it."""
    return f"{SHOWN}{_mark(_mail_shown(seller.partition(':')[2]))}:{seller}"


def _mark(mail: str) -> str:
    return hmac.digest(seals.key(seals.Key.INDEX), b"post_shown\n" + mail.encode(), "sha256").hex()[:16]


def _at_shown(who: str, at: datetime) -> Recipient:
    """Return the seller at the address that it showed when the notice was written, by its shop's name alone."""
    mark, _, seller = who.removeprefix(SHOWN).partition(":")
    ref = seller.partition(":")[2]
    mail, shop = _mail_shown(ref), market.seller(ref)
    name = shop.contact.name if shop else ""
    return replace(recipient(seller, at), name=name, mail=mail if _mark(mail) == mark else "", address="")


def _former(who: str, at: datetime) -> Recipient:
    """Return the reader at one of a seller's former addresses, named by when it went out of use; long ago nobody reads it."""
    name, _, ref = who.removeprefix(FORMER).partition(":seller:")
    now = recipient(f"seller:{ref}", at)
    mail = next((one.mail for one in former_of(ref, at) if str(int(one.until.timestamp())) == name), "")
    return replace(now, who=who, mail=mail, address="")


def former_of(seller_ref: str, at: datetime) -> tuple[market.Former, ...]:
    """Return the mail addresses that a seller had within the last months and has no more."""
    seller = market.seller(seller_ref)
    return seller.contact.former_since(at - FORMER_FOR) if seller else ()
