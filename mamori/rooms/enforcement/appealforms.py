"""What a reviewer fills in to decide on an appeal."""

from __future__ import annotations

from typing import Any

from django import forms

from mamori.ground.matters.decision import Decision
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said
from mamori.rooms.enforcement.queries.appeal import AppealShown


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


def form_for(page: AppealShown, decision: Decision[AppealShown]) -> type[HouseForm]:
    """Return the form for what can be decided: yen that go back, or what becomes of the measure where it still stands."""
    if decision.slug != "decide":
        return by_verb(decision)
    if page.is_of_money:
        return MoneyOutcomeForm
    return FORMS[page.stands, page.has_points]
