"""What a random walk does with formal notices, and with the question whether a machine may look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mamori.grammar.actor import Role
from mamori.ground.market.models import Order
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Formal

if TYPE_CHECKING:
    from tests.journeys.wanderer import Walk


def _formal(walk: Walk) -> Formal:
    """Return a formal notice, rather an open one."""
    found = Formal.objects.filter(closed_at__isnull=walk.dice.random() < 0.95).order_by("-id")[:8]
    return walk.dice.choice(found or [Formal(pk=0, buyer_ref="B0", seller_ref="S0")])


def send_formal(walk: Walk) -> None:
    order = walk.one_of(Order.objects)
    contact.send_formal(
        walk.actor(f"buyer:{order.buyer_id if order else 'B0'}", Role.BUYER),
        notice=walk.dice.choice(FORMAL_NOTICES).code,
        order_ref=order.pk if order else "O0",
        received_on=walk.dice.choice((None, walk.now.date())),
        reason=walk.dice.choice(("", "違う色です")),
    )


def go_along(walk: Walk) -> None:
    formal = _formal(walk)
    contact.go_along(walk.seller(formal.seller_ref), formal=formal.pk)


def dispute(walk: Walk) -> None:
    formal = _formal(walk)
    contact.dispute(walk.seller(formal.seller_ref), formal=formal.pk, said="特約があります")


def settle_formal(walk: Walk) -> None:
    formal = _formal(walk)
    contact.settle_formal(walk.actor(f"buyer:{formal.buyer_ref}", Role.BUYER), formal=formal.pk)


def share_formal(walk: Walk) -> None:
    formal = _formal(walk)
    contact.share_formal(walk.actor(f"buyer:{formal.buyer_ref}", Role.BUYER), formal=formal.pk)


def look_formal(walk: Walk) -> None:
    contact.look_formal(walk.staff(), formal=_formal(walk).pk)


def answer_scanning(walk: Walk) -> None:
    agrees = walk.dice.random() < 0.5
    contact.answer_scanning(walk.actor(f"buyer:B{walk.dice.randrange(6)}", Role.BUYER), agrees=agrees)
