"""By what it is proved that a contact reaches its seller: which contact, by which channel, how a call or a form went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.contacts import MAIL, phones, plain
from mamori.rooms.display.rules.told import AddressKind, ShownWords

CODE_DAYS = timedelta(days=7)
"""So long a code that was mailed can be entered."""
APART = timedelta(hours=1)
"""A code is mailed again no sooner: whoever reads at the address is not to be flooded."""
WINDOW = timedelta(days=1)
MOST_SENT, MOST_WRONG = 3, 5
"""So many codes are mailed, and wrong ones entered, within the window, whatever is shown meanwhile."""
MOST_CALLS = 3
"""So many calls that reach nobody, one a day; then no further one holds the seller's time."""
CALLS_APART = timedelta(hours=12)


class ProofChannel(StrEnum):
    """By what a buyer reaches the seller."""

    MAIL = "mail"
    PHONE = "phone"
    FORM = "form"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CHANNELS[self]

    @property
    def item(self) -> DisplayItem:
        """Return under which item of a display it stands."""
        return DisplayItem.PHONE if self is ProofChannel.PHONE else DisplayItem.MAIL


_CHANNELS = {
    ProofChannel.MAIL: Text("メール", "mail"),
    ProofChannel.PHONE: Text("電話", "telephone"),
    ProofChannel.FORM: Text("問い合わせフォーム", "form for inquiries"),
}


def proof_name(channel: ProofChannel, seller_ref: str) -> str:
    """Return by what a proof is known: "mail:S-1"."""
    return f"{channel}:{seller_ref}"


def proof_parts(name: str) -> tuple[ProofChannel, str]:
    """Return the channel and the seller of a proof's name."""
    channel, _, seller_ref = name.partition(":")
    return ProofChannel(channel), seller_ref


class CallHours(StrEnum):
    """When a seller would like to be called, on working days."""

    ANY = "any"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HOURS[self]


_HOURS = {
    CallHours.ANY: Text("平日の9時から18時のいつでも", "any time on weekdays, 9:00 to 18:00"),
    CallHours.MORNING: Text("平日の9時から12時", "weekdays, 9:00 to 12:00"),
    CallHours.NOON: Text("平日の12時から15時", "weekdays, 12:00 to 15:00"),
    CallHours.AFTERNOON: Text("平日の15時から18時", "weekdays, 15:00 to 18:00"),
}


class ProofCall(StrEnum):
    """How a call went that was to prove a telephone number."""

    CODE = "code"
    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"
    DEAD = "dead"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CALLS[self]


_CALLS = {
    ProofCall.CODE: Text("出品者が出て、確認コードを読み上げた", "the seller answered and read the code out"),
    ProofCall.NO_ANSWER: Text("だれも出なかった、留守番電話だった", "nobody answered, or a machine did"),
    ProofCall.SOMEBODY_ELSE: Text("出品者ではない人が出た", "somebody else answered"),
    ProofCall.DEAD: Text("使われていない番号、またはファクスだった", "the number is not in use, or a fax"),
}


class FormCheck(StrEnum):
    """Whether a code could be sent by the form that a seller shows."""

    SENT = "sent"
    BROKEN = "broken"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _FORMS[self]


_FORMS = {
    FormCheck.SENT: Text("確認コードを書いて送れた", "the code was sent by it"),
    FormCheck.BROKEN: Text(
        "送れなかった（開けない、エラーが出る、フォームがない）",
        "it could not be sent: the page does not open, fails, or has no form",
    ),
}


def contact_of(
    channel: ProofChannel, words: ShownWords, place: AddressKind, *, registered: Mapping[ProofChannel, str]
) -> str:
    """Return the contact that a display shows for a channel, "" where there is none.

    The `registered` ones count where the display says that the item is given on request, and where
    the telephone shown is the marketplace's or an office's: it is the seller who has to be reached then.
    """
    if channel is ProofChannel.FORM:
        return next(_form_addresses(words), "")
    if channel is ProofChannel.PHONE and place is not AddressKind.OWN:
        return _first(channel, (registered[channel],))
    if said := words.values.get(channel.item):
        return _first(channel, said)
    return _first(channel, (registered[channel],)) if channel.item in words.on_request else ""


_ADDRESS = regex(
    r"(?<![\w/])https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}"
    r"(?P<path>/[^\s<>\"'、。（）()「」@]{0,300})?(?![\w:@-]|\.\w)",
    re.I,
)
"""Of a named host, with no name before it and no port: what looks like one's own house, or like another's, is no form."""
_SAYS_FORM = regex(r"フォーム[^\n。]{0,12}$|(?<!\w)(?:contact|inquiry) form[^\n.]{0,12}$", re.I)
_IS_FORM = regex(r"/(?:contact|contacts|inquiry|enquiry|toiawase|otoiawase|form)(?:[/.?]|$)", re.I)


def _form_addresses(words: ShownWords) -> Iterator[str]:
    """Yield the addresses of forms for inquiries: right behind words that call them so, or called so by their own path."""
    for said in (*(one for each in words.values.values() for one in each), words.text):
        for found in _ADDRESS.finditer(said):
            if _SAYS_FORM.search(said[: found.start()]) or _IS_FORM.search(found["path"] or ""):
                yield found[0].rstrip(".,;:!?")


def _first(channel: ProofChannel, said: tuple[str, ...]) -> str:
    read = _phone if channel is ProofChannel.PHONE else _mail
    return next(filter(None, map(read, said)), "")


def _mail(words: str) -> str:
    found = MAIL.search(plain(words))
    return "".join(found[0].split()) if found and "@" in found[0] else ""


def _phone(words: str) -> str:
    """Return the first number that a buyer can be sent to; one that no plan of numbers knows stays as it was written."""
    for digits in phones(words):
        try:
            return phone(digits).shown
        except PhoneNotForBuyers:
            continue
        except NoPhone:
            return digits
    return ""
