"""What leads and counsel decide on clocks: until which day chosen cases stand still."""

from __future__ import annotations

from mamori.grammar.hand import HEADS
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.contact import actions
from mamori.rooms.contact.queries.standstill import StandstillShown

HOLD: Decision[tuple[StandstillShown, ...]] = Decision(
    slug="hold",
    title=Text("案件の期限を止める", "Let cases stand still"),
    lead=Text(
        "もう一度選ぶと、最後の日を延ばすことも、早めることもできます。すぐに終えるときは今日を選びます。",
        "Named again, cases stand still for longer or shorter: today ends it tonight.",
    ),
    button=Text("期限を止める", "Let them stand still"),
    done={
        "hold_still": Text("期限を止め、双方に知らせました。", "They stand still, and both sides were told.")
    },
    verb=actions.hold_still,
    key="",
    roles=HEADS,
    is_there=lambda found: True,
)
