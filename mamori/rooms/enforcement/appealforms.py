"""What a reviewer fills in: words to the seller, notes, and the outcome of an appeal."""

from __future__ import annotations

from typing import Any

from django import forms

from mamori.ground.web.wording import said
from mamori.rooms.enforcement.forms import VersionForm, WordsField


class NoteForm(VersionForm):
    """A note of the reviewers."""

    said = WordsField(label=said("メモ", "The note"))


class ReplyForm(VersionForm):
    """What a reviewer writes to the seller, and whether an answer is asked for."""

    asks = forms.BooleanField(
        required=False,
        label=said("返事をお願いする（期限が始まります）", "Ask for an answer (a clock begins)"),
    )
    said = WordsField(label=said("出品者への言葉", "Words to the seller"))
    field_order = ("said", "asks")


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


GRANTED = ("granted", said("異議を認め、措置と点数を取り消す", "Grant it: the measure and its points go"))
ENDED_OUTCOMES = (GRANTED, ("partly/points", said("一部：点数を消す", "In part: its points go")), STANDS)
"""What can be decided where the measure is over or being taken back: there is nothing to end."""


class OutcomeForm(VersionForm):
    """The outcome of an appeal and its reasons, which the seller reads."""

    outcome = _outcome(
        GRANTED,
        (
            "partly/measure",
            said("一部：措置を終え、点数は残す", "In part: the measure ends, its points stay"),
        ),
        (
            "partly/points",
            said("一部：点数を消し、措置は続ける", "In part: its points go, the measure stays"),
        ),
        STANDS,
    )
    said = WordsField(label=OUTCOME_REASON)
