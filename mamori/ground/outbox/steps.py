"""The steps of a webhook's lifecycle, taken in memory."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.ground.outbox.lifecycle import DELIVERY, DeliveryState
from mamori.ground.outbox.models import Delivery


def step(delivery: Delivery, name: str, role: Role = Role.MACHINE) -> None:
    """Take a step of the lifecycle, in memory.

    :raises StepNotOpen, StepNotYours: when it is not on.
    """
    delivery.state = DELIVERY.take(name, DeliveryState(delivery.state), role).value
