"""What can become of a webhook on its way, and of a notice."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

MACHINE = frozenset({Role.MACHINE})
KEEPERS = frozenset({Role.LEAD, Role.MACHINE})


class DeliveryState(StrEnum):
    """Where a webhook is."""

    WAITING = "waiting"
    LEASED = "leased"
    DELIVERED = "delivered"
    DEAD = "dead"
    SKIPPED = "skipped"


DELIVERY = Statechart(
    name="outbox.delivery",
    title=Text("ウェブフックの配達", "delivery of a webhook"),
    states={
        DeliveryState.WAITING: Text("順番待ち", "waiting"),
        DeliveryState.LEASED: Text("配達中", "on its way"),
        DeliveryState.DELIVERED: Text("配達済み", "delivered"),
        DeliveryState.DEAD: Text("届かず", "not delivered"),
        DeliveryState.SKIPPED: Text("配達しない", "left out"),
    },
    initial=DeliveryState.WAITING,
    steps=(
        Step(
            "lease",
            Text("配達に出す", "take out"),
            {DeliveryState.WAITING: DeliveryState.LEASED, DeliveryState.LEASED: DeliveryState.LEASED},
            MACHINE,
        ),
        Step(
            "deliver",
            Text("届ける", "deliver"),
            {
                DeliveryState.LEASED: DeliveryState.DELIVERED,
                # A receiver's yes counts even when the lease had run out, or the endpoint was taken away.
                DeliveryState.WAITING: DeliveryState.DELIVERED,
                DeliveryState.DEAD: DeliveryState.DELIVERED,
            },
            MACHINE,
        ),
        Step(
            "put_off",
            Text("後でもう一度", "try later"),
            {DeliveryState.LEASED: DeliveryState.WAITING},
            MACHINE,
        ),
        Step(
            "give_up",
            Text("あきらめる", "give up"),
            {DeliveryState.LEASED: DeliveryState.DEAD, DeliveryState.WAITING: DeliveryState.DEAD},
            MACHINE,
        ),
        Step(
            "retry",
            Text("送り直す", "send again"),
            {DeliveryState.DEAD: DeliveryState.WAITING, DeliveryState.WAITING: DeliveryState.WAITING},
            KEEPERS,
        ),
        Step(
            "skip",
            Text("配達をやめる", "leave out"),
            {DeliveryState.DEAD: DeliveryState.SKIPPED, DeliveryState.WAITING: DeliveryState.SKIPPED},
            KEEPERS,
        ),
    ),
)


class NoticeState(StrEnum):
    """Where a notice is."""

    KEPT = "kept"
    UNDER_WAY = "under_way"
    DELIVERED = "delivered"


NOTICE = Statechart(
    name="outbox.notice",
    title=Text("お知らせ", "notice"),
    states={
        NoticeState.KEPT: Text("保管中(送り先なし)", "kept (no one carries it)"),
        NoticeState.UNDER_WAY: Text("配達中", "on its way"),
        NoticeState.DELIVERED: Text("届いた", "delivered"),
    },
    initial=NoticeState.KEPT,
    steps=(
        Step("hand_over", Text("託す", "hand over"), {NoticeState.KEPT: NoticeState.UNDER_WAY}, MACHINE),
        Step("deliver", Text("届ける", "deliver"), {NoticeState.UNDER_WAY: NoticeState.DELIVERED}, MACHINE),
        Step("keep", Text("手元に戻す", "take back"), {NoticeState.UNDER_WAY: NoticeState.KEPT}, MACHINE),
    ),
)
