"""What a buyer is shown of the seller's registration, and what is missing from it: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What is registered of a seller; what the marketplace did not tell is empty."""

    shop: str = ""
    legal_name: str = ""
    representative: str = ""
    corporate_number: str = ""
    person: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    support: str = ""
    support_hours: str = ""
    hours: str = ""
    returns_to: str = ""
    administrator: str = ""
    administrator_address: str = ""
    administrator_phone: str = ""
    invoice_number: str = ""
    private: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredLine:
    """One line of the display: the field, what it is called, whether a business has to show it."""

    field: str
    text: Text
    needed: bool = False
    dials: bool = False


LINES = (
    RegisteredLine(field="shop", text=Text("店名", "Shop")),
    RegisteredLine(field="legal_name", text=Text("登録された名称", "Registered name"), needed=True),
    RegisteredLine(field="representative", text=Text("代表者", "Representative")),
    RegisteredLine(field="corporate_number", text=Text("法人番号", "Corporate number")),
    RegisteredLine(field="person", text=Text("責任者", "Person responsible")),
    RegisteredLine(field="address", text=Text("住所", "Address"), needed=True),
    RegisteredLine(field="phone", text=Text("電話番号", "Telephone"), needed=True, dials=True),
    RegisteredLine(field="fax", text=Text("ファクス番号", "Fax")),
    RegisteredLine(field="support", text=Text("お問い合わせ窓口", "Support line"), dials=True),
    RegisteredLine(
        field="support_hours", text=Text("お問い合わせ窓口の受付時間", "Hours of the support line")
    ),
    RegisteredLine(field="hours", text=Text("連絡のつく時間", "When it can be reached")),
    RegisteredLine(field="returns_to", text=Text("返品先", "Where to send goods back"), needed=True),
    RegisteredLine(field="administrator", text=Text("国内管理人", "Domestic administrator")),
    RegisteredLine(field="administrator_address", text=Text("国内管理人の住所", "Administrator's address")),
    RegisteredLine(
        field="administrator_phone",
        text=Text("国内管理人の電話番号", "Administrator's telephone"),
        dials=True,
    ),
)
INVOICE = RegisteredLine(
    field="invoice_number", text=Text("適格請求書発行事業者の登録番号", "Invoice number")
)
"""The seller's and the tax office's; no buyer is shown it."""
OF_ITS_OWN = frozenset(
    {
        "representative",
        "corporate_number",
        "invoice_number",
        "fax",
        "support_hours",
        "administrator",
        "administrator_address",
        "administrator_phone",
    }
)
"""What a seller is shown of its registration although no buyer is."""
OF_A_PRIVATE_PERSON = frozenset({"shop"})
WHEREABOUTS = frozenset({"address", "phone", "fax", "returns_to"})
"""What shows where somebody is: of one who is protected it is shown to no buyer, and nobody is told why."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it is shown."""

    line: RegisteredLine
    value: str


def shown(known: Registered) -> tuple[Shown, ...]:
    """Return the lines that have something to show: of a private person what the shop is called, of one protected no place."""
    return tuple(
        Shown(line, value)
        for line in LINES
        if (value := str(getattr(known, line.field)).strip())
        and (not known.private or line.field in OF_A_PRIVATE_PERSON)
        and not (known.protected and line.field in WHEREABOUTS)
    )


def unshown(known: Registered) -> tuple[Shown, ...]:
    """Return what a seller and its delegates read of its registration and buyers do not; of one protected no place either."""
    seen = {one.line.field for one in shown(known)}
    return tuple(
        Shown(line, value)
        for line in (*LINES, INVOICE)
        if line.field in OF_ITS_OWN - seen
        and (value := str(getattr(known, line.field)).strip())
        and not (known.protected and line.field in WHEREABOUTS)
    )


def missing(known: Registered) -> tuple[Text, ...]:
    """Return what a business has to show and did not register; a private person has nothing to show."""
    if known.private:
        return ()
    return tuple(
        line.text
        for line in LINES
        if line.needed
        and not str(getattr(known, line.field)).strip()
        and not (known.protected and line.field in WHEREABOUTS)
    )
