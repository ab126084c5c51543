"""What leads and counsel say about the page of JOMC."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.queries.jomc import JomcLookShown

LOOK = Decision[tuple[JomcLookShown, ...]](
    slug="look",
    title=Text("JOMCのページ", "Page of JOMC"),
    lead=Text(
        "業界団体（JOMC）のページに載せる文です。「取組みと実績」と同じ宣言から作られ、送るのも載せるのも人がします。JOMCのページを開いてこの文と"
        "見比べ、わかったことを記録してください。見た日とともに、すぐに「取組みと実績」のページに出ます。",
        "The text for the page of JOMC, a trade body: made from what the page of measures is made of, sent and listed by people. "
        "Please open the page of JOMC, compare it with this text, and record what you found: that and the day stand on the page "
        "of measures at once.",
    ),
    button=Text("見たと記録する", "Record the look"),
    done={"jomc_look": Text("記録しました。", "It is recorded.")},
    verb=actions.look_at_jomc,
    key="",
    roles=DECIDERS,
    is_there=lambda page: True,
)
