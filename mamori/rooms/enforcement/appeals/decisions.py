"""What a reviewer decides about an appeal, each declared once: its words, when it is there, the verb that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.forms import HouseForm, VersionForm, WordsField
from mamori.ground.web.wording import said
from mamori.rooms.enforcement.appeals import actions
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.appeals.queries import AppealShown
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.rules.bounds import DECIDERS

SENT = Text("出品者に送りました。", "It was sent to the seller.")


def _at(step: str, *, taken: bool | None = None) -> Callable[[AppealShown], bool]:
    """Return whether this reader may take the step; `taken` = only while somebody, or nobody, has taken the review."""
    return lambda page: step in page.steps and taken in (None, bool(page.reviewer))


def _decide(
    actor: Actor, *, appeal: int, version: int, outcome: str, said: str, amount: int | None = None
) -> None:
    name, _, part = outcome.partition("/")
    actions.decide_appeal(
        actor,
        appeal=appeal,
        outcome=AppealState(name),
        said=said,
        part=GrantedPart(part) if part else None,
        amount=amount or 0,
        version=version,
    )


def _decision(slug: str, title: Text, **told: Any) -> Decision[AppealShown]:
    """Return one of a reviewer's decisions, which need no words beside their title."""
    return Decision(slug=slug, title=title, roles=DECIDERS, **told)


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


# What a reviewer fills in to decide on an appeal.


def _outcome(*choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=said("結論", "Outcome"), widget=forms.RadioSelect, choices=choices)


STANDS = ("kept", said("決定を変えない", "The decision stands"))
OUTCOME_REASON = said("理由（出品者が読みます）", "Reasons (the seller reads them)")


class MoneyOutcomeForm(VersionForm):
    """The outcome of an appeal against a deduction: all of it goes back, so many yen, or nothing."""

    outcome = _outcome(
        ("granted", said("異議を認め、全額を戻す", "Grant it: all of it goes back")),
        ("partly", said("一部を認め、下の額を戻す", "Grant a part: the yen below go back")),
        STANDS,
    )
    amount = forms.IntegerField(
        label=said("戻す額（円）", "Yen that go back"),
        help_text=said("一部を認めるときだけ", "only where a part is granted"),
        required=False,
        min_value=1,
    )
    said = WordsField(label=OUTCOME_REASON)


def _form(*choices: tuple[str, Any]) -> type[VersionForm]:
    class OutcomeForm(VersionForm):
        """The outcome of an appeal and its reasons, which the seller reads."""

        outcome = _outcome(*choices, STANDS)
        said = WordsField(label=OUTCOME_REASON)

    return OutcomeForm


GRANTED = ("granted", said("異議を認め、措置と点数を取り消す", "Grant it: the measure and its points go"))
GRANTED_ALONE = ("granted", said("異議を認め、措置を取り消す", "Grant it: the measure goes"))
FORMS = {
    (True, True): _form(
        GRANTED,
        (
            "partly/measure",
            said("一部：措置を終え、点数は残す", "In part: the measure ends, its points stay"),
        ),
        (
            "partly/points",
            said("一部：点数を消し、措置は続ける", "In part: its points go, the measure stays"),
        ),
    ),
    (True, False): _form(
        GRANTED_ALONE, ("partly/measure", said("一部：措置を終える", "In part: the measure ends"))
    ),
    (False, True): _form(GRANTED, ("partly/points", said("一部：点数を消す", "In part: its points go"))),
    (False, False): _form(GRANTED_ALONE),
}
"""By whether the measure stands, so that there is something to end, and whether it has points that count and could go."""


def form_of_appeal(page: AppealShown, decision: Decision[AppealShown]) -> type[HouseForm]:
    """Return the form for what can be decided: yen that go back, or what becomes of the measure where it still stands."""
    if decision.slug != "decide":
        return by_verb(decision)
    if page.is_of_money:
        return MoneyOutcomeForm
    return FORMS[page.stands, page.has_points]
