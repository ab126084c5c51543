"""Forms as the house asks: sentences that say what to put right, days in three boxes, files, and which state was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.terms import facts as terms
from mamori.ground.vault.actions import Upload
from mamori.ground.vault.facts import Kind
from mamori.ground.web.wording import Fault, localized, said
from mamori.japan import written
from mamori.japan.written import length_of, spelt_out
from mamori.law.settings import FILE_BYTES

# Forms as the house asks: sentences that say what to put right, days in three boxes, digits of any width.


UNSEEN = Text(
    "この画面がいつの内容か分かりません。案件の画面を開き直してから、もう一度お送りください。",
    "It cannot be told which state of the matter this page showed. Please open the page again and send it from there.",
)
"""What is wrong with a field that nobody sees: nothing that its reader typed."""
REQUIRED = Text("「{label}」をご記入ください。", "Please fill in “{label}”.")
CHOSEN = Text("「{label}」を選んでください。", "Please choose “{label}”.")
TICKED = Text("進むには「{label}」に印を付けてください。", "To go on, please tick “{label}”.")
NUL_INSIDE = Text(
    "「{label}」に、目に見えない制御文字（NUL）が入っています。別の所から貼り付けたときに混ざることがあります。取り除いてください。",
    "“{label}” holds an unseen control character (NUL), as may happen when text is pasted. Please take it out.",
)
DIGITS = Text("「{label}」は数字でご記入ください。", "Please use digits only in “{label}”.")
NO_MINUS = Text(
    "「{label}」は、マイナスの記号を外し、数字だけでご記入ください。",
    "Please use digits only in “{label}”, without a minus sign.",
)
TOO_LONG = Text(
    "「{label}」は {most} 字以内でご記入ください（いま {now} 字です）。",
    "Please keep “{label}” within {most} characters (it has {now} now).",
)


class HouseForm(forms.Form):
    """A form whose errors name the field and say what to do; of the fields named in `either` one is needed.

    `only_with` names the choices ("kind=part_refund") with which alone a field is asked: the page then shows it only with one
    of them.  What is `owed` with some of the choices says so, though it may be empty with the others.
    """

    either: ClassVar[tuple[str, ...]] = ()
    only_with: ClassVar[dict[str, tuple[str, ...]]] = {}
    owed: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = (
        False  # the browser's own bubble would come before our sentence, and in its language
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = localized(str(field.label or name))
            field.error_messages["required"] = localized(_owed(field).fill(label=label))
            if field.widget.is_hidden:
                field.error_messages |= {"required": localized(UNSEEN), "invalid": localized(UNSEEN)}
            field.error_messages["null_characters_not_allowed"] = localized(NUL_INSIDE.fill(label=label))
            longest = getattr(field, "max_length", None)
            if longest and isinstance(field, forms.CharField):
                field.validators = [v for v in field.validators if getattr(v, "code", "") != "max_length"]
                field.validators.append(_Longest(label, longest))


class _Longest:
    """Refuses more letters than there is room for, and says how many there are."""

    code = "max_length"

    def __init__(self, label: str, most: int) -> None:
        self.label, self.most = label, most

    def __call__(self, value: str) -> None:
        length = length_of(value, most=self.most)
        if length > self.most:
            sentence = TOO_LONG.fill(label=self.label, most=f"{self.most:,}", now=f"{length:,}")
            raise ValidationError(localized(sentence), code=self.code)


def _owed(field: forms.Field) -> Text:
    if isinstance(field, forms.BooleanField):
        return TICKED
    return (
        CHOSEN
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
        else REQUIRED
    )


def faults_of(form: forms.BaseForm) -> tuple[Fault, ...]:
    """Return what is to be put right in a form, in the order of its fields, then what concerns all of it."""
    return tuple(_faults(form))


def _faults(form: forms.BaseForm) -> Iterator[Fault]:
    for bound in form:
        for error in bound.errors:
            yield Fault(text=str(error), target="" if bound.is_hidden else _target(bound))
    for error in form.non_field_errors():
        yield Fault(text=str(error))


def _target(bound: forms.BoundField) -> str:
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | DayWidget)
    return bound.auto_id if grouped else (bound.id_for_label or bound.auto_id)


HYPHENS = "-‐‑‒–—―−ー"
"""What people write between groups of digits, or before an amount as a minus sign."""


class DigitsField(forms.CharField):
    """Digits as people write them: full-width ones and hyphens are welcome, and are put right."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the digits alone.

        :raises ValidationError: when there is something else than digits, spaces and hyphens.
        """
        text = spelt_out(super().to_python(value) or "")
        digits = "".join(c for c in text if c not in f" {HYPHENS}")
        if digits and not (digits.isascii() and digits.isdigit()):
            raise self.faulty(DIGITS)
        return digits

    def faulty(self, sentence: Text) -> ValidationError:
        """Return what is wrong with what was written here, the field named."""
        return ValidationError(localized(sentence.fill(label=localized(str(self.label)))), code="digits")


class WordsField(forms.CharField):
    """What somebody writes, refused with the house's own sentences and given back as it was typed.

    One that is `by_law` may be left empty here, and its label says that the law asks for it.
    """

    def __init__(
        self,
        *,
        check: Callable[[str], str] = written.checked,
        rows: int = 6,
        most: int = written.MOST,
        **options: Any,
    ) -> None:
        self.check, self.by_law = check, False
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(
            strip=False, required=check is not written.optional, max_length=most, widget=widget, **options
        )
        self.widget.attrs.pop("maxlength", None)  # the browser would cut off what was pasted, and say nothing

    def clean(self, value: Any) -> str:
        """Return the words as they will be kept.

        :raises ValidationError: when there are none though some are needed, or too many.
        """
        try:
            words = self.check(str(value or ""))
        except Refusal as refusal:
            if isinstance(refusal, written.TooManyWords) and self.max_length != written.MOST:
                self.run_validators(str(value))  # fewer are taken here
            raise ValidationError(localized(refusal.sentence), code=refusal.code) from None
        self.run_validators(words)
        return words


class CountField(DigitsField):
    """A whole number, with or without its commas and the `unit` behind it; where it may be left out, that is `empty`."""

    def __init__(self, *, unit: str = "", empty: int | None = 0, **options: Any) -> None:
        self.unit, self.empty = unit, empty
        super().__init__(max_length=12, **options)

    def clean(self, value: Any) -> Any:
        """Return the whole number.

        :raises ValidationError: when it holds anything but digits; a hyphen is a minus sign here, and never left out.
        """
        if any(sign in HYPHENS for sign in spelt_out(str(value or ""))):
            raise self.faulty(NO_MINUS)
        digits = super().clean(str(value or "").replace(",", "").replace("，", "").replace(self.unit, ""))
        return int(digits) if digits else self.empty


class YenField(CountField):
    """An amount in yen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(unit="円", **options)

    def clean(self, value: Any) -> Any:
        """Return the amount; ¥ before it says nothing more."""
        return super().clean(str(value or "").replace("¥", "").replace("￥", ""))


class Numbered(forms.RadioSelect):
    """Choices that are made by the keys 1, 2, 3 …"""

    def create_option(self, *given: Any, **named: Any) -> dict[str, Any]:
        """Return one choice with its key."""
        option = super().create_option(*given, **named)
        key = str(int(option["index"]) + 1)
        option["attrs"] |= {"accesskey": key, "data-key": key}
        return option


class DayWidget(forms.MultiWidget):
    """A day in three boxes: year, month, day."""

    template_name = "web/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {name: forms.TextInput(attrs=box | {"maxlength": most}) for name, most in _BOXES.items()}, attrs
        )

    def decompress(self, value: date | None) -> list[int | None]:
        """Return a day as its three figures."""
        return [value.year, value.month, value.day] if isinstance(value, date) else [None, None, None]


_BOXES = {"year": 4, "month": 2, "day": 2}


class DayField(forms.MultiValueField):
    """A day asked for in three boxes; it must exist, and lie within `first` and `last` where they are given."""

    widget = DayWidget

    def __init__(self, *, first: date | None = None, last: date | None = None, **kwargs: Any) -> None:
        self.first, self.last = first, last
        boxes = [DigitsField(required=False, label=kwargs.get("label")) for _ in _BOXES]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        """Return the day.

        :raises ValidationError: when a box is empty, there is no such day, or it lies outside.
        """
        if not any(data_list):
            return None
        try:
            day = date(*(int(part) for part in data_list))
        except (ValueError, OverflowError):
            sentence = said(
                "年・月・日に、実在する日付を 2026・11・24 のようにご記入ください。",
                "Please give a day that exists, such as 2026, 11, 24.",
            )
            raise ValidationError(sentence, code="day") from None
        if (self.first and day < self.first) or (self.last and day > self.last):
            raise ValidationError(
                said(
                    "この日付は受け付けられる範囲の外です。", "This day lies outside what can be taken here."
                ),
                code="range",
            )
        return day


class VersionForm(HouseForm):
    """What every form carries that acts on a matter: which state of it its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


MOMENT = "%Y-%m-%dT%H:%M:%S.%f%z"
"""A moment as a hidden field carries it: to the microsecond."""


def seen_field() -> forms.DateTimeField:
    """Carry until when word of a danger stood on the page."""
    return forms.DateTimeField(widget=forms.HiddenInput, input_formats=[MOMENT])


def choose(form: HouseForm, name: str, choices: list[tuple[str, Any]]) -> None:
    """Give a field its choices in the reader's language."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def renew(form: HouseForm, name: str, value: object) -> None:
    """Let a form that was refused be sent again with another value in a field that nobody sees."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[name] = str(value)
    form.data = data


def refuse(form: HouseForm, refusal: Refusal, **stands: object) -> int:
    """Say on the form why it was refused; where that is what `stands` now, let its hidden fields carry it.  Return the status."""
    if isinstance(refusal, ChangedMeanwhile):
        for name, value in stands.items():
            if name in form.fields and form.fields[name].widget.is_hidden:
                renew(form, name, value)
    form.add_error(None, localized(refusal.sentence))
    return refusal.status


# Files in forms: a field for several, what came of it as actions take it, and a kept file as pages show it.


NAMELESS = Text("ファイル", "a file")


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what they are is found out from their bytes, not here."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", said("写真や書類", "Photos or papers"))
        options.setdefault(
            "help_text",
            said(
                "画像・PDF・文字だけのファイルを5つまで。撮影場所などの情報は取り除いてから見せます。",
                "Up to five pictures, PDFs or plain texts. Where a photo was taken is removed before it is shown.",
            ),
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files that came."""
        return [one for one in data or () if isinstance(one, UploadedFile)]


def uploads_of(files: Iterable[UploadedFile[Any]], *, at: datetime) -> tuple[Upload, ...]:
    """Return files as actions take them; of one that is too large, just enough is read to say so."""
    most = terms.setting(FILE_BYTES, at=at) + 1
    return tuple(Upload(name=str(file.name), content=file.read(most)) for file in files)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """A kept file as `web/file.html` draws it: `number` stands in its address, `pages` are the ones that may be seen."""

    number: int
    name: Text
    is_picture: bool
    pages: range
    state: Text | None
    has_original: bool


class SavedFile(Protocol):
    """What is known of a kept file, by the vault or by the room that it belongs to."""

    @property
    def kind(self) -> Kind: ...
    @property
    def pages(self) -> int: ...
    @property
    def name(self) -> str | None: ...
    @property
    def state_text(self) -> Text: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def has_original(self) -> bool: ...


def file_shown(number: int, file: SavedFile) -> FileShown:
    """Return a file as a page shows it, under the number by which the page's address knows it."""
    return FileShown(
        number=number,
        name=Text(file.name, file.name) if file.name else NAMELESS,
        is_picture=file.kind not in (Kind.PDF, Kind.TEXT),
        pages=range(1, file.pages + 1) if file.is_shown else range(0),
        state=None if file.is_shown else file.state_text,
        has_original=file.has_original,
    )
