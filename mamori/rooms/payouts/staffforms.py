"""What staff fill in about payouts and names: findings by key, reasons, amounts."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms

from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm, Numbered
from mamori.ground.web.wording import said, told

MOST = 500


class Found(StrEnum):
    """What a look at two names comes to, each with its reason: the keys 1 to 6."""

    READING = "reading"
    SPELLING = "spelling"
    ADDED = "added"
    CONFIRMED = "confirmed"
    RELATIVE = "relative"
    ANOTHER = "another"

    @property
    def is_same(self) -> bool:
        """Say whether the holder is the registered person."""
        return self not in (Found.RELATIVE, Found.ANOTHER)

    @property
    def reason(self) -> Text:
        """Return the reason in words."""
        return FOUND[self]


FOUND = {
    Found.READING: Text("名前の読み方として認められる", "it is a way to read this name"),
    Found.SPELLING: Text(
        "書き方だけの違い（略字・のばす音・字数で切れた名義など）",
        "only the spelling differs (short forms, long vowels, a name cut by the bank)",
    ),
    Found.ADDED: Text(
        "屋号や法人の種類が付いているだけ", "only a trade name or a corporate form stands beside it"
    ),
    Found.CONFIRMED: Text(
        "書類や本人への確認で、同じと分かった", "papers, or asking the seller, showed that they are the same"
    ),
    Found.RELATIVE: Text(
        "名（下の名前）が違う：家族などの口座", "the given name is another: a relative's account"
    ),
    Found.ANOTHER: Text("別の人・別の会社の口座", "the account of another person or company"),
}


def reason_of(found: Found, words: str) -> str:
    """Return the reason as it goes into the record, in the language of who gives it."""
    more = words.strip()
    return f"{told(found.reason)}{'。' if more else ''}{more}"


_SAME, _OTHER = Text("同じ名義", "Same holder"), Text("別の名義", "Another holder")


def _choice(number: int, found: Found) -> tuple[str, Any]:
    head = _SAME if found.is_same else _OTHER
    return found.value, said(
        f"{number}　{head.ja}：{found.reason.ja}", f"{number}  {head.en}: {found.reason.en}"
    )


class NameForm(HouseForm):
    """What somebody found, in a few words more where needed, of the version of the registered name that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.TypedChoiceField(
        label=said("見比べた結果", "What did you find?"),
        choices=[_choice(number, found) for number, found in enumerate(FOUND, start=1)],
        coerce=Found,
        widget=Numbered,
    )
    words = forms.CharField(
        label=said("書き添えること", "Anything to add"),
        help_text=said(
            "記録に残ります。出品者には送られません。",
            "It stays in the record and is not sent to the seller.",
        ),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
