"""What a reader is asked of a page of help, as data."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.outreach import actions


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """A page of help of which somebody is asked, and whether this visit has said it before."""

    title: Text
    was_said: bool


SAY_HELPFUL: Decision[HelpAsked] = Decision(
    slug="helpful",
    title=Text("このページは役に立ちましたか", "Did this page help?"),
    lead=Text(
        "その日に何人が何を選んだかだけを数えます。だれが選んだかは残しません。同じ訪問では、同じページを一度だけ数えます"
        "（別のブラウザーから選ぶと、もう一度数えられます）。",
        "Only how many chose what on a day is counted, never who. Within one visit a page is counted once; from another browser "
        "it would be counted again.",
    ),
    button=Text("送る", "Send"),
    done={"say_helpful": Text("ありがとうございます。数に入れました。", "Thank you. It was counted.")},
    verb=actions.say_helpful,
    key="of",
    roles=tuple(Role),
    is_there=lambda page: not page.was_said,
)
