"""Why an address goes to a person, in a sentence for who looks at it."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Doubt(StrEnum):
    """Why an address goes to a person."""

    NO_CITY = "no-city"
    TWO_CITIES = "two-cities"
    NO_TOWN = "no-town"
    STREETS = "streets"
    MORE = "more"
    POSTCODE = "postcode"
    NO_POSTCODE = "no-postcode"

    @property
    def text(self) -> Text:
        """Return it as a sentence for who looks at the address."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.NO_CITY: Text(
        "市区町村が見つかりません。抜けや旧い名前でないかを確かめてください。",
        "No city is found. Please look whether it is left out or has an old name.",
    ),
    Doubt.TWO_CITIES: Text(
        "同じ名前の市区町村が複数あります。都道府県を確かめてください。",
        "Several cities have this name. Please find out the prefecture.",
    ),
    Doubt.NO_TOWN: Text(
        "町名が見つかりません。旧い名前や誤字でないかを確かめてください。",
        "No town is found. Please look whether it is misspelt or has an old name.",
    ),
    Doubt.STREETS: Text(
        "通り名による住所です。町名を地図で確かめてください。",
        "The address goes by streets. Please find the town on a map.",
    ),
    Doubt.MORE: Text(
        "町名のあとに地名らしい字が続いています。町名がどこまでかを確かめてください。",
        "More of a name follows the town. Please look where the town's name ends.",
    ),
    Doubt.POSTCODE: Text(
        "郵便番号と町名が合いません。どちらが正しいかを確かめてください。",
        "Postcode and town do not go together. Please find out which is right.",
    ),
    Doubt.NO_POSTCODE: Text(
        "この郵便番号はありません。番号を確かめてください。",
        "There is no such postcode. Please look at the number.",
    ),
}
