"""What a seller fills in about its display, and what a buyer asks of it: always only the items that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.parts import Row
from mamori.ground.web.wording import begun, said_text, told
from mamori.japan import written
from mamori.law.display import ITEMS, UNLESS_SPECIAL, DisplayItem, SellerKind, Trait, asked, omittable
from mamori.rooms.display.facts import ON_REQUEST
from mamori.rooms.display.rules.told import MOST_TEXT, MOST_WORDS, AddressKind, DisplayTold, ItemTold

WHO = (
    DisplayItem.NAME,
    DisplayItem.RESPONSIBLE,
    DisplayItem.ADDRESS,
    DisplayItem.PHONE,
    DisplayItem.JAPAN_OFFICE,
    DisplayItem.MAIL,
)
ONE_LINE = frozenset({DisplayItem.NAME, DisplayItem.RESPONSIBLE, DisplayItem.PHONE, DisplayItem.MAIL})
SALE = tuple(item for item in DisplayItem if item not in WHO)
LATER = Text("「{item}」は書かず、請求されたときに知らせる", "Leave “{item}” out and give it on request")
EMPTY = Text("書かれていません", "left empty")
TEXT = Text("お店の表示の文章", "Your own text")


class TraitsForm(HouseForm):
    """What is true of the seller's sales, and whose address stands there."""

    traits = forms.MultipleChoiceField(
        label=said_text(Text("当てはまるものすべて", "All that is true")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.ChoiceField(
        label=said_text(Text("表示する住所と電話番号", "Which address and telephone are shown")),
        widget=forms.RadioSelect,
        choices=tuple((one.value, said_text(one.text)) for one in AddressKind),
        initial=AddressKind.OWN.value,
    )

    def __init__(self, data: Any, *, seller: SellerKind) -> None:
        super().__init__(data)
        field = self.fields["traits"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (one.value, said_text(one.text))
            for one in Trait
            if seller is SellerKind.OVERSEAS or one is not Trait.JAPAN_OFFICE
        ]


class ItemsForm(HouseForm):
    """Some items: for each its words, and where the law allows it, that it is given on request."""

    def __init__(
        self,
        data: Any,
        *,
        items: Iterable[DisplayItem],
        seller: SellerKind,
        traits: Iterable[Trait],
        initial: Mapping[str, str],
    ) -> None:
        self.asked, said = tuple(items), frozenset(traits)
        super().__init__(data, initial=dict(initial))
        by_law, may_be_left = asked(seller, said), omittable(said, is_charge_shown=True)
        for item in self.asked:
            field = _words_of(item)
            field.by_law = item in by_law
            one, self.fields[item.value] = ITEMS[item], field
            if item in may_be_left:
                self.fields[f"later_{item.value}"] = forms.BooleanField(
                    label=told(LATER.fill(item=one.text)),
                    required=False,
                    help_text=begun(told(UNLESS_SPECIAL)) if item is DisplayItem.RETURNS else "",
                )

    @property
    def told(self) -> tuple[ItemTold, ...]:
        """Return what was filled in."""
        given = self.cleaned_data
        return tuple(
            ItemTold(item=item, said=given[item.value], on_request=bool(given.get(f"later_{item.value}")))
            for item in self.asked
        )

    def clean(self) -> dict[str, Any]:
        """Keep what was filled in under one name."""
        self.cleaned_data["told"] = self.told if not self.errors else ()
        return self.cleaned_data


def _words_of(item: DisplayItem) -> WordsField:
    one = ITEMS[item]
    field = WordsField(
        check=written.optional, rows=2, most=MOST_WORDS, label=told(one.text), help_text=told(one.help)
    )
    if item in ONE_LINE:
        field.widget = forms.TextInput(attrs={"autocomplete": "off"})
    return field


def _text(words: str) -> str:
    """Return a text as it is kept, lines ending as ours do."""
    return written.optional(words.replace("\r\n", "\n"), most=MOST_TEXT)


class TextForm(HouseForm):
    """The shop's own text."""

    text = WordsField(check=_text, rows=12, most=MOST_TEXT, label=said_text(TEXT))


def item_rows(form: forms.BaseForm) -> Iterator[Row]:
    """Say each item as it will be shown, and of what the law asks that it was left empty."""
    for one in form.cleaned_data["told"]:
        value: Text | str = ON_REQUEST if one.on_request else one.said
        if value or form.fields[one.item.value].by_law:  # type: ignore[attr-defined]  # each is a WordsField
            yield Row(label=ITEMS[one.item].text, value=value or EMPTY)


def data_of(told_: DisplayTold) -> dict[str, dict[str, list[str]]]:
    """Return a display as its forms would have posted it."""
    items: dict[str, list[str]] = {one.item.value: [one.said] for one in told_.items}
    items |= {f"later_{one.item.value}": ["on"] for one in told_.items if one.on_request}
    return {
        "traits": {"traits": list(told_.traits), "place": [told_.place]},
        "who": items,
        "sale": items,
        "text": {"text": [told_.text]},
    }


class AskForm(HouseForm):
    """Which of the items that a display leaves out a buyer asks for."""

    items = forms.TypedMultipleChoiceField(
        label=said_text(Text("請求する事項", "What you ask for")),
        coerce=DisplayItem,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, items: Iterable[DisplayItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.value, said_text(ITEMS[one].text)) for one in items]


class AnswerForm(HouseForm):
    """What a seller gives under each item that a buyer asked for."""

    def __init__(self, *args: Any, items: Iterable[DisplayItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            one.value: WordsField(
                label=told(ITEMS[one].text),
                help_text=told(ITEMS[one].help),
                most=MOST_WORDS,
                rows=1 if one in ONE_LINE else 3,
            )
            for one in items
        }

    def clean(self) -> dict[str, Any]:
        """Return the answers as the verb takes them, by item."""
        said = super().clean() or {}
        return {"answers": {DisplayItem(name): words for name, words in said.items()}}
