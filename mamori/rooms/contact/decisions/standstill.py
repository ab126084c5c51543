"""What leads and counsel decide on clocks: that chosen cases stand still until a day, and that they run on sooner."""

from __future__ import annotations

from mamori.grammar.hand import HEADS
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.contact import actions
from mamori.rooms.contact.queries.standstill import StandstillShown

type Standstills = tuple[StandstillShown, ...]

HOLD: Decision[Standstills] = Decision(
    slug="hold",
    title=Text("案件の期限を止める", "Let cases stand still"),
    lead=None,
    button=Text("期限を止める", "Let them stand still"),
    done={
        "hold_still": Text("期限を止め、双方に知らせました。", "They stand still, and both sides were told.")
    },
    verb=actions.hold_still,
    key="",
    roles=HEADS,
    is_there=lambda found: True,
)
LIFT: Decision[Standstills] = Decision(
    slug="lift",
    title=Text("予定より早く再開する", "Let cases run on sooner"),
    lead=Text(
        "ここから先の止めるはずだった時間は、期限に足されません。新しい期限を双方に知らせます。",
        "What lies ahead of the standstill is not added to the due moments any more. Both sides are told.",
    ),
    button=Text("再開する", "Let them run on"),
    done={"let_run": Text("再開し、双方に知らせました。", "They run on, and both sides were told.")},
    verb=actions.let_run,
    key="",
    roles=HEADS,
    is_there=lambda found: True,
)
