"""What staff fill in about improvements: what was seen, who owns it, what was changed, and what everybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from mamori.grammar.hand import INSIDE
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.law.insight import MonthsCompared
from mamori.rooms.insight.inputs import NOBODY
from mamori.rooms.insight.queries.counting import figure_text
from mamori.rooms.insight.queries.improvements import ImprovementShown
from mamori.rooms.insight.rules.figures import figure_named

NOTHING_COUNTED = Text("数えられることではない", "nothing that is counted")
NO_PERSON = Text("人は決めない（部署だけ）", "no person, only a department")
IN_JAPANESE, IN_ENGLISH = Text("（日本語）", " in Japanese"), Text("（英語）", " in English")


class SeenForm(HouseForm):
    """What was seen, and what is counted of it in which month: one of what is offered, or what the address named."""

    title = forms.CharField(label=said("題", "Title"), max_length=100)
    seen = WordsField(
        label=said("何に気づいたか", "What was seen"), rows=5, most=2_000, help_text=said_text(NOBODY)
    )
    figure = forms.ChoiceField(label=said("何を数えるか", "What is counted"), required=False)
    month = forms.ChoiceField(label=said("気づいた月", "The month in which it was seen"), required=False)

    def __init__(
        self, *args: Any, figures: Iterable[tuple[str, Text]], months: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"": NOTHING_COUNTED} | dict(figures)
        for code in (self.initial.get("figure", ""), self.data.get("figure", "")):
            if code not in offered and (figure := figure_named(code)) is not None:
                offered[figure.code] = figure_text(figure)
        choices = {"figure": [(code, said_text(text)) for code, text in offered.items()]}
        choices["month"] = [(one, said(one, one)) for one in months]
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = some


class GiveForm(VersionForm):
    """Which account, or which department, owns it."""

    owner = forms.TypedChoiceField(label=said("担当する人", "Person"), coerce=int, initial=0)
    department = forms.CharField(
        label=said("部署", "Department"),
        max_length=100,
        required=False,
        help_text=said(
            "社内のアカウントがないとき、または人と合わせて書きます。",
            "Where nobody there has an account, or beside a person.",
        ),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [one for one in people.accounts(at=at) if one.is_active and one.role in INSIDE]
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (0, said_text(NO_PERSON)),
            *(
                (
                    one.number,
                    said_text(Text(f"{one.name}（{one.role.text.ja}）", f"{one.name} ({one.role.text.en})")),
                )
                for one in here
            ),
        ]


class ChangeForm(VersionForm):
    """What was changed, on which day, and how many months are compared."""

    changed = WordsField(
        label=said("何を変えたか", "What was changed"), rows=5, most=2_000, help_text=said_text(NOBODY)
    )
    on = DayField(label=said("変えた日", "The day of the change"))
    months = forms.TypedChoiceField(
        label=said("前と後の何か月を比べるか", "How many months before and after are compared"),
        choices=[(one.value, said_text(one.text)) for one in MonthsCompared],
        coerce=MonthsCompared,
        initial=MonthsCompared.THREE,
        widget=forms.RadioSelect,
    )


def _words(label: Text, *, rows: int, needed: bool = True) -> WordsField:
    check = written.checked if needed else written.optional
    return WordsField(label=said_text(label), rows=rows, most=1_000, check=check)


def _pair(ja: str, en: str, *, needed: bool = True) -> tuple[WordsField, WordsField]:
    both = (
        Text(f"{ja}{IN_JAPANESE.ja}", f"{en}{IN_JAPANESE.en}"),
        Text(f"{ja}{IN_ENGLISH.ja}", f"{en}{IN_ENGLISH.en}"),
    )
    first, second = (_words(one, rows=4, needed=needed) for one in both)
    return first, second


class PublicForm(VersionForm):
    """What everybody reads of it, in both languages."""

    seen, seen_en = _pair("何に気づいたか", "What was seen")
    changed, changed_en = _pair("何を変えたか", "What was changed")
    came, came_en = _pair("どうなったか", "What came of it", needed=False)


def written_in(page: ImprovementShown) -> dict[str, Any]:
    """Return what stands in the forms when they are opened: what everybody reads, else the words as staff wrote them."""
    own = {"seen": page.seen, "changed": page.changed, "came": page.came}
    return (
        {"version": page.version, "department": page.department, "months": MonthsCompared.THREE}
        | own
        | dict(page.told or {})
    )
