"""The forms of the policy: a row, the bands of points, a file, and why something is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mamori.grammar.measure import Measure
from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import said, said_text, told
from mamori.japan.written import spelt_out
from mamori.law.breaches import OFFERED
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.policy.rules import checks
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


class EditedForm(HouseForm):
    """A form that says on which state of the draft it was opened."""

    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def show_anew(self, edited: int) -> None:
        """Let the form, as it was filled in, stand on the draft as it is now."""
        data = cast(QueryDict, self.data).copy()
        data["edited"] = str(edited)
        self.data = data


DIGITS_ONLY = Text("{label}：数字だけでご記入ください。", "{label}: please use digits only.")


class FigureField(forms.CharField):
    """A figure of the policy in plain digits, full-width ones too; a hyphen may be a minus sign and is never left out."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the digits.

        :raises ValidationError: when there is anything but digits.
        """
        digits = spelt_out(super().to_python(value) or "")
        if digits and not (digits.isascii() and digits.isdigit()):
            raise ValidationError(told(DIGITS_ONLY.fill(label=str(self.label))), code="digits")
        return digits


_CALLED_BESIDE = [(one.code, said_text(_called(one))) for one in MEASURES if may_be_beside(one)]


class RowAnswerForm(EditedForm):
    """What one row answers, in the cases for which it is meant already."""

    measure = forms.ChoiceField(
        label=said("措置", "Measure"), choices=[(one.code, said_text(_called(one))) for one in MEASURES]
    )
    days = FigureField(
        label=said("日数", "Days"),
        max_length=4,
        required=False,
        help_text=said(
            "日数のない措置では空のままにします。", "Leave it empty for a measure that has no days."
        ),
    )
    points = FigureField(
        label=said("点数", "Points"),
        max_length=3,
        help_text=said("0点から100点まで。", "From 0 to 100."),
    )

    beside = forms.ChoiceField(
        label=said("あわせて行う措置", "Beside it"),
        choices=[("", said("なし", "none")), *_CALLED_BESIDE],
        required=False,
    )
    beside_days = FigureField(label=said("あわせて行う措置の日数", "Its days"), max_length=4, required=False)

    def __init__(self, *args: Any, name: str, when: tuple[Bands, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name, self._meant = name, when

    def clean(self) -> dict[str, Any]:
        """Hold the row against what the measure admits, and say it beside the field."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in checks.of_row(self.row()):
                where = (
                    "days" if fault.kind is checks.CheckKind.BOUNDS and "日数" in fault.text.ja else "measure"
                )
                self.add_error(where, ValidationError(told(fault.text), code=fault.kind.value))
        return given

    def row(self) -> PolicyRow:
        """Return the row as it was filled in."""
        given = self.cleaned_data
        return PolicyRow(
            name=self.name,
            when=self.when(),
            measure=given["measure"],
            days=int(given["days"] or 0),
            points=int(given["points"]),
            beside=given["beside"],
            beside_days=int(given["beside_days"] or 0),
        )

    def when(self) -> tuple[Bands, ...]:
        """Return for which cases the row is meant."""
        return self._meant


class RowForm(RowAnswerForm):
    """One row: when it is meant, and what it answers."""

    breach = _bands(Field.BREACH)
    severity = _bands(Field.SEVERITY)
    history = _bands(Field.HISTORY)
    cure = _bands(Field.CURE)
    harm = _bands(Field.HARM)
    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5)
    field_order = (*FIELDS, "measure", "days", "points", "beside", "beside_days")

    def when(self) -> tuple[Bands, ...]:
        """Return the bands that were ticked."""
        return tuple(_when(field, self.cleaned_data[field.value]) for field in FIELDS)


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


def _points(ja: str, en: str) -> FigureField:
    return FigureField(label=said(ja, en), max_length=4)


class BandsForm(EditedForm):
    """From how many points on a history is a few, several, many, and for how many days points count."""

    few = _points("「少し」になる点数", "“A few” from so many points on")
    several = _points("「何度か」になる点数", "“Several” from so many points on")
    many = _points("「何度も」になる点数", "“Many” from so many points on")
    expires_days = _points("点数が有効な日数", "Days for which points count")

    def clean(self) -> dict[str, Any]:
        """Hold them against their bounds."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in checks.of_bands(self.edges(), int(given["expires_days"])):
                self.add_error(None, ValidationError(told(fault.text), code="bounds"))
        return given

    def edges(self) -> Edges:
        """Return the edges as they were filled in."""
        given = self.cleaned_data
        return Edges(few=int(given["few"]), several=int(given["several"]), many=int(given["many"]))


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


def reason_field(ja: str, en: str) -> forms.CharField:
    """Return a box for why something is done; it is recorded."""
    return forms.CharField(
        label=said(ja, en), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}), required=True
    )


class PolicyReasonForm(EditedForm):
    """Why something is done."""

    reason = reason_field("理由", "Why")


class FileForm(EditedForm):
    """A table from a file."""

    file = forms.FileField(
        label=said("表のファイル（JSON）", "File of the table (JSON)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def text(self) -> str:
        """Return what the file holds, a little more than is taken at most."""
        raw: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return raw.decode(errors="replace")


def _soon(text: Text) -> Text:
    return Text(f"1日おいて早める：{text.ja}", f"after one day: {text.en}")


class PublishForm(EditedForm):
    """Whether the notice is waited for, or which listed exception holds and why."""

    haste = forms.ChoiceField(
        label=said("いつから", "From when"),
        choices=[
            ("", said("予告期間のあとから（ふつうはこちら）", "after its notice (the usual way)")),
            *((one.value, said_text(_soon(text))) for one, text in HASTE_TEXTS.items()),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=said("予告期間を置かない理由", "Why without its notice"),
        help_text=said("早めるときだけ書きます。記録に残ります。", "Only if it is hastened. It is recorded."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def chosen(self) -> Haste | None:
        """Return the exception, or None where its notice is waited for."""
        found = self.cleaned_data["haste"]
        return Haste(found) if found else None


MOST_SHOWN = 20
FINE = Text("直すところはありません", "Nothing to put right")
COUNTED = Text("直すところが {n} 件あります", "{n} to put right")
UNFIT = Text("入力に直すところがあります。", "Something in the form has to be put right.")
SAVE_FIRST = Text(
    "ほかの行を直したり足したりするのは、この行を保存したあと、改定案のページでできます。",
    "Other rows can be edited or added on the draft's page, once this row is saved.",
)


def part(faults: tuple[checks.Fault, ...], form: RowForm) -> dict[str, Any]:
    """Return the checks for the page's script: it makes the lines itself."""
    unfit = [str(error) for errors in form.errors.values() for error in errors]
    if unfit:
        lines = [{"kind": "", "text": error} for error in unfit]
        return {"fine": False, "title": told(UNFIT), "faults": lines, "note": ""}
    lines = [
        {
            "kind": told(checks.KIND_TEXTS[fault.kind]),
            "text": told(fault.text),
        }
        for fault in faults[:MOST_SHOWN]
    ]
    title = COUNTED.fill(n=len(faults)) if faults else FINE
    return {
        "fine": not faults,
        "title": told(title),
        "faults": lines,
        "note": told(SAVE_FIRST) if faults else "",
    }
