"""The forms of the policy: a row, the bands of points, a file, when it binds, and what everybody may ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.measure import Measure
from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm, VersionForm, choose
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan.written import spelt_out
from mamori.law.breaches import OFFERED
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.policy.actions import TOP
from mamori.rooms.enforcement.policy.rules.judging import HASTE_TEXTS, Haste
from mamori.rooms.enforcement.policy.rules.table import (
    BAND_TEXTS,
    FIELD_TEXTS,
    FIELDS,
    MOST_BYTES,
    Bands,
    Edges,
    Field,
    PolicyRow,
    Table,
)
from mamori.rooms.enforcement.rules.bounds import may_be_beside

NONE_TICKED = said("どれにも印を付けないと「すべて」になります。", "With none ticked it means any.")


def _bands(field: Field) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=said_text(FIELD_TEXTS[field]),
        choices=[(band, said_text(text)) for band, text in BAND_TEXTS[field].items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=NONE_TICKED if field is Field.BREACH else "",
    )


def _called(one: Measure) -> Text:
    if one.days is None:
        return one.title
    least, most = one.days.least, one.days.most
    return Text(f"{one.title.ja}（{least}〜{most}日）", f"{one.title.en} ({least}–{most} days)")


DIGITS_ONLY = Text("{label}：数字だけでご記入ください。", "{label}: please use digits only.")


class FigureField(forms.CharField):
    """A figure of the policy in plain digits, full-width ones too; a hyphen may be a minus sign and is never left out."""

    def __init__(self, label: Text, *, max_length: int, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=said_text(label), max_length=max_length, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the figure; 0 where it may be left empty and is.

        :raises ValidationError: when there is anything but digits.
        """
        digits = spelt_out(super().clean(value))
        if digits and not (digits.isascii() and digits.isdigit()):
            raise ValidationError(localized(DIGITS_ONLY.fill(label=str(self.label))), code="digits")
        return int(digits or 0)


_BESIDE = [(one.code, said_text(_called(one))) for one in MEASURES if may_be_beside(one)]
NOT_SAVED = Text(
    "まだ保存していません。この内容にしたときの確かめと影響を示しています。",
    "Not saved yet. Checks and effect are shown as they would be.",
)


class RowForm(VersionForm):
    """One row: when it is meant, what it answers, and where it stands; it may be checked without being saved."""

    may_check = True
    breach = _bands(Field.BREACH)
    severity = _bands(Field.SEVERITY)
    history = _bands(Field.HISTORY)
    cure = _bands(Field.CURE)
    harm = _bands(Field.HARM)
    measure = forms.ChoiceField(
        label=said("措置", "Measure"), choices=[(one.code, said_text(_called(one))) for one in MEASURES]
    )
    days = FigureField(
        Text("日数", "Days"),
        max_length=4,
        required=False,
        help_text=said(
            "日数のない措置では空のままにします。", "Leave it empty for a measure that has no days."
        ),
    )
    points = FigureField(
        Text("点数", "Points"), max_length=3, help_text=said("0点から100点まで。", "From 0 to 100.")
    )
    beside = forms.ChoiceField(
        label=said("あわせて行う措置", "Beside it"),
        choices=[("", said("なし", "none")), *_BESIDE],
        required=False,
    )
    beside_days = FigureField(Text("あわせて行う措置の日数", "Its days"), max_length=4, required=False)
    after = forms.ChoiceField(
        label=said("表でのこの行の位置", "Where it stands in the table"),
        required=False,
        help_text=said(
            "行の順番は見やすさのためだけで、結果には関係しません。", "The order of rows is for the eye only."
        ),
    )

    def __init__(self, *args: Any, name: str, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        below = [(one.name, said(f"{one.name}番の下", f"below row {one.name}")) for one in table.rows]
        above = (TOP, said("いちばん上", "above all others"))
        choose(
            self,
            "after",
            [("", said("そのまま（新しい行は最後）", "as it is (a new one last)")), above, *below],
        )

    def clean(self) -> dict[str, Any]:
        """Return the row as it was filled in; one that is only to be checked is not to be saved."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        answer = {one: given[one] for one in ("measure", "days", "points", "beside", "beside_days")}
        row = PolicyRow(
            name=self.name, when=tuple(_when(field, given[field.value]) for field in FIELDS), **answer
        )
        if "check" in self.data:
            self.add_error(None, localized(NOT_SAVED))
        return {"version": given["version"], "row": row, "after": given["after"]}


def _when(field: Field, ticked: list[str]) -> Bands:
    """Return the bands in their order; all of them are any of them."""
    known = tuple(BAND_TEXTS[field])
    return () if len(ticked) == len(known) else tuple(band for band in known if band in ticked)


def initial(row: PolicyRow) -> dict[str, Any]:
    """Return a row as its form shows it."""
    return {
        **{field.value: list(bands) for field, bands in zip(FIELDS, row.when, strict=True)},
        "measure": row.measure,
        "days": row.days or "",
        "points": row.points,
        "beside": row.beside,
        "beside_days": row.beside_days or "",
    }


class DropForm(VersionForm):
    """Which row is to be deleted."""

    row = forms.CharField(widget=forms.HiddenInput, max_length=5)


class BandsForm(VersionForm):
    """From how many points on a history is a few, several, many, and for how many days points count."""

    few = FigureField(Text("「少し」になる点数", "“A few” from so many points on"), max_length=4)
    several = FigureField(Text("「何度か」になる点数", "“Several” from so many points on"), max_length=4)
    many = FigureField(Text("「何度も」になる点数", "“Many” from so many points on"), max_length=4)
    expires_days = FigureField(Text("点数が有効な日数", "Days for which points count"), max_length=4)

    def clean(self) -> dict[str, Any]:
        """Return the edges as one value."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        edges = Edges(few=given.pop("few"), several=given.pop("several"), many=given.pop("many"))
        return given | {"edges": edges}


def _asks(field: Field, title: Text, codes: Iterable[str]) -> forms.ChoiceField:
    texts = BAND_TEXTS[field]
    return forms.ChoiceField(
        label=said_text(title), choices=[(code, said_text(texts[code])) for code in codes]
    )


class ThreeQuestionsForm(HouseForm):
    """What everybody may ask the policy: which breach, how grave, and whether it was put right."""

    breach = _asks(Field.BREACH, Text("何がありましたか", "What happened?"), [one.code for one in OFFERED])
    severity = _asks(
        Field.SEVERITY, Text("どのくらい重いですか", "How grave is it?"), BAND_TEXTS[Field.SEVERITY]
    )
    cure = _asks(
        Field.CURE, Text("自分で直しましたか", "Was it put right?"), reversed(tuple(BAND_TEXTS[Field.CURE]))
    )


class FileForm(VersionForm):
    """A table from a file."""

    file = forms.FileField(
        label=said("表のファイル（JSON）", "File of the table (JSON)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Return what the file holds, a little more than is taken at most."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        text = given["file"].read(MOST_BYTES + 1).decode(errors="replace")
        return {"version": given["version"], "text": text}


def _soon(text: Text) -> Text:
    return Text(f"1日おいて早める：{text.ja}", f"after one day: {text.en}")


class PublishForm(VersionForm):
    """Whether the notice is waited for, or which listed exception holds and why."""

    haste = forms.TypedChoiceField(
        label=said("いつから", "From when"),
        choices=[
            ("", said("予告期間のあとから（ふつうはこちら）", "after its notice (the usual way)")),
            *((one.value, said_text(_soon(text))) for one, text in HASTE_TEXTS.items()),
        ],
        widget=forms.RadioSelect,
        coerce=Haste,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(
        label=said("予告期間を置かない理由", "Why without its notice"),
        help_text=said("早めるときだけ書きます。記録に残ります。", "Only if it is hastened. It is recorded."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
