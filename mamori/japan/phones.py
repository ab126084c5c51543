"""A telephone number as somebody writes it, read into what can be dialled, with its kind and whether buyers may be sent there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

LONGEST = 60
"""So many letters are looked at most."""


class PhoneKind(StrEnum):
    """What answers under a number."""

    FIXED = "fixed"
    MOBILE = "mobile"
    INTERNET = "internet"
    FREE = "free"
    ABROAD = "abroad"


REFUSED = {
    "premium": Text("情報料のかかる番号（0990など）", "a premium-rate number (0990 and others)"),
    "pager": Text("ポケットベルなどの番号（020）", "a pager or a machine (020)"),
    "uan": Text("通話料の割引がきかない番号（0570）", "a number outside call plans (0570)"),
    "other": Text("電話を受けられない番号", "a number that takes no calls"),
}
"""What no seller's contact may be."""


class NoPhone(Refusal, code="no-phone", status=422):
    """Given when there is no such telephone number."""

    text = Text(
        "電話番号として読めません。市外局番から、数字で入力してください（例：03-1234-5678）。海外の番号は +1 のように国番号から"
        "始めてください。",
        "This is no telephone number. Please enter it in digits with its area code, such as 03-1234-5678; a number abroad begins "
        "with + and the country's code.",
    )


class PhoneNotForBuyers(Refusal, code="phone-not-for-buyers", status=422):
    """Given when buyers cannot be sent to a number."""

    text = Text(
        "{kind}は、購入者からの連絡先にできません。固定電話、携帯電話、050、フリーダイヤル（0120・0800）のどれかを入力してください。",
        "Buyers cannot be sent to {kind}. Please enter a landline, a mobile, a 050 or a toll-free number (0120, 0800).",
    )


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is stored (+81…), as it is shown in Japan, and its kind."""

    stored: str
    shown: str
    kind: PhoneKind


def phone(said: str) -> Phone:
    """Return the telephone number of a seller's contact."""
    import phonenumbers as lib  # read when first asked for

    try:
        number = lib.parse(normalize("NFKC", said[:LONGEST]).replace("内線", " ext "), "JP")
    except lib.NumberParseException:
        raise NoPhone from None
    if len(said) > LONGEST or not lib.is_valid_number(number):
        raise NoPhone
    sort, types = lib.number_type(number), lib.PhoneNumberType
    is_abroad = number.country_code != 81
    kind = {
        types.FIXED_LINE: PhoneKind.FIXED,
        types.MOBILE: PhoneKind.MOBILE,
        types.FIXED_LINE_OR_MOBILE: PhoneKind.MOBILE,
        types.VOIP: PhoneKind.INTERNET,
    }.get(sort)
    if sort == types.TOLL_FREE and not is_abroad:
        kind = PhoneKind.FREE
    if kind is None:
        named = {types.PREMIUM_RATE: "premium", types.PAGER: "pager", types.UAN: "uan"}
        raise PhoneNotForBuyers(kind=REFUSED[named.get(sort, "other")])
    shape = lib.PhoneNumberFormat.INTERNATIONAL if is_abroad else lib.PhoneNumberFormat.NATIONAL
    stored = lib.format_number(number, lib.PhoneNumberFormat.E164)
    return Phone(stored, lib.format_number(number, shape), PhoneKind.ABROAD if is_abroad else kind)
