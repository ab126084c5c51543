"""What staff fill in to decide on a measure, a question a page: each asks only what the measure chosen before needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from mamori.grammar.declaration import Ground
from mamori.grammar.measure import Measure
from mamori.grammar.text import Text
from mamori.ground.web.answers import rows_of
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.parts import Row
from mamori.ground.web.versions import choose
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.rooms.enforcement.fitness import MOST_OF_DOCUMENT
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import UNHEARD_TEXTS, Unheard
from mamori.rooms.enforcement.views.staff.findingforms import NEEDS_ENGLISH

BY_TERMS = Text("規約の条項による", "A clause of the terms")
ANNOUNCED = Text("条項のとおり予告する", "It is announced as its clause says")
IN_ENGLISH = said("同じことを英語で", "The same in English")


class MeasureForm(HouseForm):
    """Which measure, each with the points that it would bring."""

    measure = forms.ChoiceField(label=said("措置", "Measure"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, possible: Mapping[Measure, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self, "measure", [(one.code, said_text(_with(one, points))) for one, points in possible.items()]
        )


class MeasureDaysForm(HouseForm):
    """For how long, within what the measure admits."""

    days = forms.IntegerField(label=said("日数", "Days"))

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert measure.days is not None, "only a measure that ends by itself is asked for its days"
        least, most = measure.days.least, measure.days.most
        field = self.fields["days"]
        field.help_text = told(Text(f"{least}日から{most}日まで", f"from {least} to {most} days"))
        field.validators += [MinValueValidator(least), MaxValueValidator(most)]
        field.widget.attrs |= {"min": least, "max": most}


class BesideForm(HouseForm):
    """Which measure comes beside it, if any, and for how many days."""

    beside = forms.ChoiceField(
        label=said("あわせて行う措置", "Beside it"), widget=forms.RadioSelect, required=False
    )
    beside_days = forms.IntegerField(
        label=said("日数（空けておくと、上に書いた日数）", "Days (left empty: as above)"),
        required=False,
        min_value=1,
    )

    def __init__(self, *args: Any, possible: Mapping[Measure, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = {one.code: (one, days) for one, days in possible.items()}
        titles = [(code, said_text(_for(one, days))) for code, (one, days) in self.possible.items()]
        choose(self, "beside", [("", said("なし", "none")), *titles])

    def clean(self) -> dict[str, Any]:
        """Take the days that are written beside the measure where none are named, and hold them against its bounds."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        one, usual = self.possible.get(given.get("beside", ""), (None, 0))
        days = (given.get("beside_days") or usual) if one and one.days else 0
        if one and one.days and not one.days.admits(days):
            least, most = one.days.least, one.days.most
            self.add_error("beside_days", told(Text(f"{least}日から{most}日まで", f"{least} to {most} days")))
        return given | {"beside_days": days}


class ToSellerForm(HouseForm):
    """Words that the seller reads: asked in English, too, where that is what it reads."""

    words: ClassVar[str]

    def __init__(self, *args: Any, in_english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_english:
            del self.fields[f"{self.words}_en"]

    def clean(self) -> dict[str, Any]:
        """Ask for the English words where they are needed and missing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        name = f"{self.words}_en"
        if name in self.fields and not given.get(name):
            self.add_error(name, NEEDS_ENGLISH)
        return given


class OtherForm(ToSellerForm):
    """Why it is another measure, or other days, than the policy answers."""

    words = "other"
    other = WordsField(rows=4, label=said("理由（出品者が読みます）", "Why (the seller reads it)"))
    other_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class AmountForm(ToSellerForm):
    """How much money is held at most, and why so much."""

    words = "why_amount"
    amount = forms.IntegerField(
        label=said(
            "保留する額の上限（円。空けておくと全額）", "Hold at most, in yen (left empty: all of it)"
        ),
        min_value=0,
        max_value=bounds.MOST_YEN,
        required=False,
    )
    why_amount = WordsField(
        rows=4,
        label=said(
            "その額が必要で、より少なくできない理由（出品者が読みます）",
            "Why so much is needed, and why not less (the seller reads it)",
        ),
    )
    why_amount_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class UnheardForm(HouseForm):
    """Why the seller is not heard before it."""

    unheard = forms.ChoiceField(
        label=said("意見を先に聴かない理由", "Why the seller is not heard first"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, because: Iterable[Unheard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unheard", [(one.value, said_text(UNHEARD_TEXTS[one])) for one in because])


class GroundForm(HouseForm):
    """On what it rests: a clause of the terms, or the law; the law alone where that is why nobody was heard."""

    ground = forms.ChoiceField(
        label=said("根拠", "Ground"), widget=forms.RadioSelect, required=False, initial=""
    )

    def __init__(self, *args: Any, by_law: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = [] if by_law else [("", said_text(BY_TERMS))]
        choose(self, "ground", [*terms, *((one.code, said_text(one.title)) for one in MEASURE_GROUNDS)])
        self.fields["ground"].required = by_law


class DocumentForm(HouseForm):
    """Which order or request is behind it."""

    document = forms.CharField(
        label=said("もとになる要請・命令の文書", "Order or request behind it"), max_length=MOST_OF_DOCUMENT
    )


class AtOnceForm(HouseForm):
    """Whether it is announced ahead as its clause says, or which listed ground lets it begin at once."""

    at_once = forms.ChoiceField(
        label=said("予告", "Announcement"), widget=forms.RadioSelect, required=False, initial=""
    )

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "at_once",
            [("", said_text(ANNOUNCED)), *((one.code, said_text(one.title)) for one in grounds)],
        )


class HindersForm(ToSellerForm):
    """How a repeated breach hinders the business."""

    words = "hinders"
    hinders = WordsField(
        rows=4,
        label=said(
            "違反の繰り返しが運営にどう支障となるか（出品者が読みます）",
            "How the repeated breach hinders the business (the seller reads it)",
        ),
    )
    hinders_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class MeasureReasonForm(HouseForm):
    """Why, for the record."""

    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=4)


def said_rows(**left: Text) -> Callable[[forms.BaseForm], Iterator[Row]]:
    """Return what says the answers of a form as lines; what was `left` empty means something, too."""

    def rows(form: forms.BaseForm) -> Iterator[Row]:
        for bound, row in zip(form.visible_fields(), rows_of(form), strict=True):
            yield row if row.value else replace(row, value=left.get(bound.name, ""))

    return rows


def _for(measure: Measure, days: int) -> Text:
    title = measure.title
    return Text(f"{title.ja}（{days}日）", f"{title.en} ({days} days)") if days else title


def _with(measure: Measure, points: int) -> Text:
    return Text(f"{measure.title.ja}（{points}点）", f"{measure.title.en} ({points} points)")
