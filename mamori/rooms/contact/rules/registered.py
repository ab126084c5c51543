"""What a buyer is shown of the seller's registration, and what is missing from it: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What is registered of a seller; what the marketplace did not tell is empty."""

    shop: str = ""
    legal_name: str = ""
    person: str = ""
    address: str = ""
    phone: str = ""
    support: str = ""
    hours: str = ""
    returns_to: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the display: the field, what it is called, whether a business has to show it."""

    field: str
    text: Text
    needed: bool = False
    dials: bool = False


LINES = (
    Line(field="shop", text=Text("店名", "Shop")),
    Line(field="legal_name", text=Text("登録された名称", "Registered name"), needed=True),
    Line(field="person", text=Text("責任者", "Person responsible")),
    Line(field="address", text=Text("住所", "Address"), needed=True),
    Line(field="phone", text=Text("電話番号", "Telephone"), needed=True, dials=True),
    Line(field="support", text=Text("お問い合わせ窓口", "Support line"), dials=True),
    Line(field="hours", text=Text("連絡のつく時間", "When it can be reached")),
    Line(field="returns_to", text=Text("返品先", "Where to send goods back"), needed=True),
)
OF_A_PRIVATE_PERSON = frozenset({"shop"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it is shown."""

    line: Line
    value: str


def shown(known: Registered) -> tuple[Shown, ...]:
    """Return the lines that have something to show; of a private person only what the shop is called."""
    return tuple(
        Shown(line, value)
        for line in LINES
        if (value := str(getattr(known, line.field)).strip())
        and (not known.private or line.field in OF_A_PRIVATE_PERSON)
    )


def missing(known: Registered) -> tuple[Text, ...]:
    """Return what a business has to show and did not register; a private person has nothing to show."""
    if known.private:
        return ()
    return tuple(line.text for line in LINES if line.needed and not str(getattr(known, line.field)).strip())
