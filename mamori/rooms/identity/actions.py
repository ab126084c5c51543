"""A registered name is taken in, its check runs out, and the seller is told in time."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.businesstime import day_text
from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox import actions as outbox
from mamori.rooms.identity import keeping, notices
from mamori.rooms.identity.events import IdentityMoved
from mamori.rooms.identity.models import Version
from mamori.rooms.identity.rules.standing import Registered, Standing, covers, standing


def take_in(hand: Hand, *, seller_ref: str) -> int:
    """Keep what the marketplace tells by now of a seller's registered name and its check; return the version that counts.

    The same told again changes nothing.  A name that differs from the one that was verified is not verified any more,
    and the seller is told, in case somebody else changed it.
    """
    with transaction.atomic():
        seller = market.seller(seller_ref)
        if seller is None:
            return 0
        last = keeping.last(seller_ref)
        before, now = keeping.opened(last) if last else None, keeping.told_by(seller)
        if last is not None and before == now:
            return last.number
        covered = covers(before, now, covered=last.covered if last else False)
        number = last.number + 1 if last else 1
        made = keeping.add(seller_ref, number, now, covered=covered, at=hand.at)
        keeping.count_down(seller_ref, now.until if covered else None, hand.at)
        keeping.settle_clearance(made, hand.at)
        stands = _stands(made, now, hand)
        is_other = before is not None and before.names != now.names and not covered
        if (stands is Standing.CHANGED or is_other) and (last is None or last.covered):
            _tell(hand, seller_ref, notices.CHANGED)
        _keep(hand, seller_ref, "take_in", made, stands)
        return number


def remind(hand: Hand, *, seller_ref: str) -> None:
    """Tell a seller that its check ends soon."""
    with transaction.atomic():
        last = keeping.last(seller_ref)
        if last is None or last.until is None or keeping.opened(last) is None:
            return
        _tell(hand, seller_ref, notices.ENDS_SOON, until=day_text(last.until))
        ledger.record(
            hand, kind="identity.remind", subject=f"seller:{seller_ref}", about=keeping.about(seller_ref)
        )


def expire(hand: Hand, *, seller_ref: str) -> None:
    """Note that a check has ended: what leans on it hears of it, and the seller too."""
    with transaction.atomic():
        last = keeping.last(seller_ref)
        registered = keeping.opened(last) if last else None
        if last is None or last.until is None or registered is None:
            return
        keeping.settle_clearance(last, hand.at)
        _tell(hand, seller_ref, notices.ENDED, until=day_text(last.until))
        _keep(hand, seller_ref, "expire", last, _stands(last, registered, hand))


def _stands(version: Version, registered: Registered, hand: Hand) -> Standing:
    on = keeping.day_of(hand.at)
    return standing(registered.method, registered.until, covered=version.covered, on=on)


def _tell(hand: Hand, seller_ref: str, template: Template, **values: object) -> None:
    outbox.notify(
        to=f"seller:{seller_ref}",
        template=template,
        values=values,
        about=keeping.about(seller_ref),
        at=hand.at,
    )


def _keep(hand: Hand, seller_ref: str, verb: str, version: Version, stands: Standing) -> None:
    about = keeping.about(seller_ref)
    ledger.record(
        hand,
        kind=f"identity.{verb}",
        subject=f"seller:{seller_ref}",
        about=about,
        payload={"version": version.number, "standing": stands.value, "method": version.method},
    )
    outbox.publish(
        IdentityMoved(subject=about, seller_ref=seller_ref, version=version.number, standing=stands.value),
        at=hand.at,
    )
