"""What is filled in to write to a party, or to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mamori.grammar.text import Text
from mamori.ground.web.wording import said, said_text
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.forms import SaidForm, one_of

MOST_SEEN = 160


class CentreForm(SaidForm):
    """To whom, the words, and what stood on the page when they were begun."""

    field_order = ("readers",)
    readers = one_of(
        Readers, {one: one.text for one in Readers}, said("あて先（読む人）", "To (who reads it)")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=MOST_SEEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="centre_%s", **kwargs)
        self.fields["said"].widget.attrs |= {"rows": 5, "accesskey": "r", "data-key": "r"}


ALONE = Text("窓口だけに送る", "For the centre alone")
ALL = {
    Readers.BUYER: Text("出品者にも見せる", "Let the seller read it, too"),
    Readers.SELLER: Text("購入者にも見せる", "Let the buyer read it, too"),
}


class ToCentreForm(SaidForm):
    """The words to the centre, and whether the other side may read them; nobody else does unless that is chosen."""

    def __init__(self, *args: Any, choices: Sequence[Readers], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone, both = choices
        texts = {alone: ALONE, both: ALL[alone]}
        self.fields["readers"] = forms.TypedChoiceField(
            label=said("だれが読めるか", "Who may read it"),
            choices=[(one.value, said_text(text)) for one, text in texts.items()],
            coerce=Readers,
            initial=alone,
            widget=forms.RadioSelect,
        )
        self.order_fields(("said", "readers"))
