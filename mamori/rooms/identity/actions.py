"""A registered name is taken in, sealed and kept, its check runs out, and the seller is told in time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import CalendarDays, day_text
from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared.casekinds import declare
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import IDENTITY_REMINDER
from mamori.law.identification import Method, Registrant
from mamori.rooms.identity import notices
from mamori.rooms.identity.events import IdentityMoved
from mamori.rooms.identity.models import Version
from mamori.rooms.identity.rules import Registered, Standing, covers, of_version, standing

# How versions of a registered name are found, sealed, kept and counted down.


MOST_DAYS = 3_660
EXPIRY, REMINDER = "identity.expiry", IDENTITY_REMINDER.code
TABLE = "identity_version"


def about_seller(seller_ref: str) -> str:
    """Return the name under which clocks and acts know a seller's identity."""
    return f"identity.seller:{seller_ref}"


def last_version(seller_ref: str) -> Version | None:
    """Return the version that counts, or nothing."""
    return Version.objects.filter(seller_ref=seller_ref).order_by("-number").first()


def told_by(seller: SellerFact) -> Registered:
    """Return what the marketplace says of a seller's registered name by now."""
    contact = seller.contact
    return Registered(
        name=contact.legal_name,
        kana=contact.legal_kana,
        registrant=contact.registered_as,
        method=contact.verified_by,
        verified_at=contact.verified_at,
        until=contact.verified_until,
    )


def add_version(
    seller_ref: str, number: int, registered: Registered, *, covered: bool, at: datetime
) -> Version:
    """Keep a version."""
    names = json.dumps([registered.name, registered.kana, registered.registrant], ensure_ascii=False)
    sealed = sealing.seal(
        subject=f"seller:{seller_ref}", place=_place(seller_ref, number), plain=names.encode()
    )
    return Version.objects.create(
        seller_ref=seller_ref,
        number=number,
        sealed=sealed,
        method=registered.method or "",
        verified_at=registered.verified_at,
        until=registered.until,
        covered=covered,
        told_at=at,
    )


def opened(version: Version) -> Registered | None:
    """Return what a version says, or nothing once the seller's key is destroyed."""
    place = _place(version.seller_ref, version.number)
    plain = seals.opened(subject=f"seller:{version.seller_ref}", place=place, sealed=version.sealed)
    if plain is None:
        return None
    name, kana, registrant = json.loads(plain)
    return replace(
        unnamed(version), name=name, kana=kana, registrant=Registrant(registrant) if registrant else None
    )


def unnamed(version: Version) -> Registered:
    """Return what a version says of its check, its names left sealed."""
    return Registered(
        name="",
        method=Method(version.method) if version.method else None,
        verified_at=version.verified_at,
        until=version.until,
    )


def day_of(at: datetime) -> date:
    """Return the day in Japan."""
    return at.astimezone(JAPAN).date()


def count_down(seller_ref: str, until: date | None, at: datetime) -> None:
    """Let the clocks of a check run to its last day, those before it stopped; the seller hears of it days before."""
    name = about_seller(seller_ref)
    clocks.stop(about=name, at=at, why="told anew")
    left = (until - day_of(at)).days if until is not None else -1
    if not 0 <= left < MOST_DAYS:  # it is over, or so far away that nobody means a day
        return
    yesterday = at - timedelta(days=1)
    clocks.start(kind=EXPIRY, about=name, at=yesterday, duration=CalendarDays(left + 1))
    notice = terms.duration(IDENTITY_REMINDER, at=at)
    assert isinstance(notice, CalendarDays)
    if left > notice.count:
        clocks.start(kind=REMINDER, about=name, at=at, duration=CalendarDays(left - notice.count))


def settle_clearance(version: Version, at: datetime) -> None:
    """Let the version that counts hinder its seller as far as its check says, from now on or from its end on."""
    market_actions.settle_clearance({about_seller(version.seller_ref): tuple(of_version(version))}, at=at)


def _place(seller_ref: str, number: int) -> Place:
    return Place(TABLE, f"{seller_ref}/{number}", "sealed")


declare(
    acts={
        "identity.take_in": Text("登録名とその確認を受け取った", "took in a registered name and its check"),
        "identity.remind": Text("確認の期限が近いと知らせた", "said that a check ends soon"),
        "identity.expire": Text("確認の期限が過ぎた", "a check ended"),
    },
    clocks={
        REMINDER: Text("本人確認の期限が近い知らせ", "the word that a check of identity ends soon"),
        EXPIRY: Text("本人確認の期限", "the end of a check of identity"),
    },
)


# A registered name is taken in, its check runs out, and the seller is told in time.


def take_in(actor: Actor, *, seller_ref: str) -> int:
    """Keep what the marketplace tells by now of a seller's registered name and its check; return the version that counts.

    The same told again changes nothing.  A name that differs from the one that was verified is not verified any more,
    and the seller is told, in case somebody else changed it.
    """
    with transaction.atomic():
        seller = market.seller(seller_ref)
        if seller is None:
            return 0
        last = last_version(seller_ref)
        before, now = opened(last) if last else None, told_by(seller)
        if last is not None and before == now:
            return last.number
        covered = covers(before, now, covered=last.covered if last else False)
        number = last.number + 1 if last else 1
        made = add_version(seller_ref, number, now, covered=covered, at=actor.at)
        count_down(seller_ref, now.until if covered else None, actor.at)
        settle_clearance(made, actor.at)
        stands = _stands(made, now, actor)
        is_other = before is not None and before.names != now.names and not covered
        if (stands is Standing.CHANGED or is_other) and (last is None or last.covered):
            _notify(actor, seller_ref, notices.CHANGED)
        _keep(actor, seller_ref, "take_in", made, stands)
        return number


def remind(actor: Actor, *, seller_ref: str) -> None:
    """Tell a seller that its check ends soon."""
    with transaction.atomic():
        last = last_version(seller_ref)
        if last is None or last.until is None or opened(last) is None:
            return
        _notify(actor, seller_ref, notices.ENDS_SOON, until=day_text(last.until))
        ledger.record(
            actor, kind="identity.remind", subject=f"seller:{seller_ref}", about=about_seller(seller_ref)
        )


def expire(actor: Actor, *, seller_ref: str) -> None:
    """Note that a check has ended: what leans on it hears of it, and the seller too."""
    with transaction.atomic():
        last = last_version(seller_ref)
        registered = opened(last) if last else None
        if last is None or last.until is None or registered is None:
            return
        settle_clearance(last, actor.at)
        _notify(actor, seller_ref, notices.ENDED, until=day_text(last.until))
        _keep(actor, seller_ref, "expire", last, _stands(last, registered, actor))


def _stands(version: Version, registered: Registered, actor: Actor) -> Standing:
    on = day_of(actor.at)
    return standing(registered.method, registered.until, covered=version.covered, on=on)


def _notify(actor: Actor, seller_ref: str, template: Template, **values: object) -> None:
    outbox.notify_numbered(
        to=f"seller:{seller_ref}",
        template=template,
        values=values,
        about=about_seller(seller_ref),
        at=actor.at,
    )


def _keep(actor: Actor, seller_ref: str, verb: str, version: Version, stands: Standing) -> None:
    about = about_seller(seller_ref)
    ledger.record(
        actor,
        kind=f"identity.{verb}",
        subject=f"seller:{seller_ref}",
        about=about,
        payload={"version": version.number, "standing": stands.value, "method": version.method},
    )
    outbox.publish(
        IdentityMoved(subject=about, seller_ref=seller_ref, version=version.number, standing=stands.value),
        at=actor.at,
    )
