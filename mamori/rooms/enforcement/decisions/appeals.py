"""What a reviewer decides about an appeal, each declared once: its words, when it is there, the verb that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions import Part
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.queries.appeal import AppealShown
from mamori.rooms.enforcement.rules.bounds import DECIDERS

SENT = Text("出品者に送りました。", "It was sent to the seller.")


def _at(step: str, *, taken: bool | None = None) -> Callable[[AppealShown], bool]:
    """Return whether this reader may take the step; `taken` = only while somebody, or nobody, has taken the review."""
    return lambda page: step in page.steps and taken in (None, bool(page.reviewer))


def _decide(
    hand: Hand, *, appeal: int, version: int, outcome: str, said: str, amount: int | None = None
) -> None:
    name, _, part = outcome.partition("/")
    actions.decide_appeal(
        hand,
        appeal=appeal,
        outcome=AppealState(name),
        said=said,
        part=Part(part) if part else None,
        amount=amount or 0,
        version=version,
    )


def _decision(slug: str, title: Text, **told: Any) -> Decision[AppealShown]:
    """Return one of a reviewer's decisions, which need no words beside their title."""
    return Decision(slug=slug, title=title, lead=None, button=title, key="appeal", roles=DECIDERS, **told)


TAKEN = {"take_appeal": Text("見直しの担当になりました。", "The review is yours.")}
TAKE = _decision(
    "take",
    Text("見直しを担当する", "Take the review"),
    done=TAKEN,
    verb=actions.take_appeal,
    is_there=_at("take", taken=False),
)
TAKE_OVER = _decision(
    "take",
    Text("見直しを引き継ぐ", "Take the review over"),
    done=TAKEN,
    verb=actions.take_appeal,
    is_there=_at("take", taken=True),
)
REPLY = _decision(
    "reply",
    Text("出品者に書く", "Write to the seller"),
    done={"reply_appeal": SENT, "ask_more": SENT},
    verb=actions.reply_appeal,
    is_there=_at("reply"),
)
NOTE = _decision(
    "note",
    Text("見直しのメモ（出品者には見えません）", "A note for the reviewers (not for the seller)"),
    done={"note_appeal": Text("メモを残しました。", "The note was kept.")},
    verb=actions.note_appeal,
    is_there=_at("reply"),
)
DECIDE = _decision(
    "decide",
    Text("結論を出す", "Decide"),
    done={
        "decide_appeal": Text(
            "結論を出し、出品者に知らせました。", "It was decided, and the seller was told."
        )
    },
    verb=_decide,
    is_there=_at("keep"),
)
DECISIONS = (TAKE, TAKE_OVER, DECIDE, REPLY, NOTE)
DONE = {one.slug: one.done for one in DECISIONS}


def decision_of(slug: str, page: AppealShown) -> Decision[AppealShown] | None:
    """Return the decision of that name; of those that share it the one that is there."""
    named = [one for one in DECISIONS if one.slug == slug]
    return next((one for one in named if one.is_there(page)), named[0] if named else None)
