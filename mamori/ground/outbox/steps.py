"""The steps of a webhook's lifecycle."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.ground.outbox.lifecycle import DELIVERY, DeliveryState
from mamori.ground.outbox.models import Delivery
from mamori.ground.outbox.schedule import TRIES


def step(delivery: Delivery, name: str, role: Role = Role.MACHINE) -> None:
    """Take a step of the lifecycle, in memory."""
    delivery.state = DELIVERY.take(name, DeliveryState(delivery.state), role).value


def send_again(hand: Hand, delivery: Delivery) -> None:
    """Put a webhook in line at once, under its own id and with all its tries anew."""
    step(delivery, "retry", hand.role)
    delivery.next_at, delivery.tries_left = hand.at, TRIES
    delivery.save(update_fields=["state", "next_at", "tries_left"])
