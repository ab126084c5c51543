"""What leads and counsel decide on clocks after a disaster: that those of a region stand still, and that they run on."""

from __future__ import annotations

from mamori.grammar.hand import HEADS
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.contact import actions
from mamori.rooms.contact.queries.standstill import SuspensionShown

type Suspensions = dict[str, list[SuspensionShown]]

DECLARE: Decision[Suspensions] = Decision(
    slug="declare",
    title=Text("地域の期限を止める", "Let clocks of a region stand still"),
    lead=None,
    button=Text("期限を止める", "Let them stand still"),
    done={
        "suspend": Text(
            "期限を止めました。対象の案件に順に及びます。",
            "Clocks stand still; matters are reached one after the other.",
        )
    },
    verb=actions.suspend,
    key="",
    roles=HEADS,
    is_there=lambda found: True,
)
LIFT: Decision[SuspensionShown | None] = Decision(
    slug="lift",
    title=Text("停止を解除する", "Lift a suspension"),
    lead=Text(
        "解除すると、止まっていた営業時間の分だけ期限が後になり、双方にお知らせします。",
        "Once lifted, each clock is due later by the business time that it stood still, and both sides are told.",
    ),
    button=Text("解除する", "Lift it"),
    done={
        "lift_suspension": Text(
            "停止を解除しました。新しい期限を双方にお知らせします。",
            "Lifted. Both sides are told the new due moments.",
        )
    },
    verb=actions.lift_suspension,
    key="suspension",
    roles=HEADS,
    is_there=lambda found: found is not None,
)
