"""The leak-and-lure check as this room uses it: in which mode, for whom, and with which contacts let pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.japan.lures.checking import check, masked
from mamori.japan.lures.formal import Formal, formal
from mamori.japan.lures.kinds import Allowed, Lure, Writer
from mamori.law.consents import SCANNING as CONSENT
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE, OWN_HOSTS, SCANNING
from mamori.rooms.contact.models import ScanningAnswer
from mamori.rooms.contact.rules import scanning as rules
from mamori.rooms.contact.rules.scanning import ScanAnswer, Scanning, speaks_of_undoing


@dataclass(frozen=True, slots=True)
class Looked:
    """What the machine saw in words before they were sent: finds, or a notice that nobody touches."""

    lures: tuple[Lure, ...] = ()
    formal: Formal | None = None


def mode(at: datetime) -> Scanning:
    """Return what the operator has chosen."""
    return Scanning(terms.setting(SCANNING, at=at))


def answer_of(party: str) -> ScanAnswer | None:
    """Return the party's newest answer, or nothing."""
    return memory.of("contact.scanning", party, lambda: _answer_of(party))


def _answer_of(party: str) -> ScanAnswer | None:
    found = ScanningAnswer.objects.filter(party=party).order_by("-id").first()
    return ScanAnswer(found.agrees, found.version) if found else None


def is_to_be_asked(actor: Actor) -> bool:
    """Say whether this party is asked before anything of it is looked at; whoever helps cannot answer for the buyer."""
    return actor.role is not Role.HELPER and rules.is_to_be_asked(
        mode(actor.at), answer_of(actor.whose), version=CONSENT.version
    )


def may_scan(actor: Actor) -> bool:
    """Say whether a machine may look at what this actor is about to send."""
    return rules.may_scan(mode(actor.at), answer_of(actor.whose), version=CONSENT.version)


def look(actor: Actor, said: str, *, seller_ref: str) -> Looked:
    """Look at words that are about to be sent; what may be a formal notice is named and nothing else in it.

    Nothing where the mode or the writer's answer forbids it.
    """
    if not may_scan(actor):
        return Looked()
    if notice := formal(said):
        return Looked(formal=notice)
    by: Writer = "seller" if actor.role in SELLERS else "buyer"
    return Looked(lures=check(said, by=by, allowed=allowed(seller_ref, actor.at)))


def may_mask(at: datetime, *, buyer_ref: str, seller_ref: str) -> bool:
    """Say whether what is found in a conversation of these two is hidden: the mode is on, and both agreed."""
    if mode(at) is not Scanning.MASK:
        return False
    both = (answer_of(f"buyer:{buyer_ref}"), answer_of(f"seller:{seller_ref}"))
    return rules.may_mask(Scanning.MASK, *both, version=CONSENT.version)


def is_untouched(actor: Actor, said: str) -> bool:
    """Say whether nothing of these words may be hidden, nor taking it out be offered."""
    return actor.role not in SELLERS and speaks_of_undoing(said)


def hidden(actor: Actor, said: str, *, buyer_ref: str, seller_ref: str) -> str | None:
    """Return the words with what was found hidden, or None where nothing is hidden: no mode, no consent, no find.

    What may be a formal notice is never hidden, whatever else it holds; nor what a buyer writes of undoing a contract.
    """
    if is_untouched(actor, said) or not may_mask(actor.at, buyer_ref=buyer_ref, seller_ref=seller_ref):
        return None
    shown = masked(said, look(actor, said, seller_ref=seller_ref).lures)
    return None if shown == said else shown


def reads_like(actor: Actor, said: str, *, seller_ref: str) -> str:
    """Return the kind of formal notice that a buyer's words plainly read like, or nothing; it is a mark, not an effect."""
    if actor.role not in (Role.BUYER, Role.HELPER):
        return ""
    notice = look(actor, said, seller_ref=seller_ref).formal
    return notice.kind.value if notice and notice.kind else ""


def allowed(seller_ref: str, at: datetime) -> Allowed:
    """Return what always passes: what the seller registered, and the operator's own telephone, address and hosts.

    Nothing of a seller who is private or protected, whose contacts no buyer is shown.
    """
    seller = market.seller(seller_ref)
    known = None if seller is None or seller.contact.private or seller.contact.protected else seller.contact
    lines = [terms.setting(OPERATOR_PHONE, at=at), terms.setting(OPERATOR_ADDRESS, at=at)]
    if known:
        lines += (
            known.phone,
            known.fax,
            known.mail,
            known.support,
            known.address,
            known.returns_to,
            known.hours,
        )
    hosts = (urlsplit(settings.ORIGIN).hostname, *terms.setting(OWN_HOSTS, at=at).split())
    return Allowed(registered=tuple(lines), hosts=tuple(host for host in hosts if host))
