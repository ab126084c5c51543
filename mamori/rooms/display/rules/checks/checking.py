"""What is wrong with a display: each item held against the law, against the registration and against itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.japan.folding import pressed
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.display import DisplayItem, SellerKind, Trait, asked, omittable
from mamori.rooms.display.rules.checks.contraries import contradicts
from mamori.rooms.display.rules.checks.freemail import is_free
from mamori.rooms.display.rules.checks.names import forms, is_company, is_same_name, stands_in
from mamori.rooms.display.rules.checks.placeholders import is_placeholder
from mamori.rooms.display.rules.checks.places import is_same_place, postcode_differs, stands_abroad
from mamori.rooms.display.rules.checks.sentences import fault
from mamori.rooms.display.rules.checks.vague import is_half_named, is_vague
from mamori.rooms.display.rules.text.contacts import mails, phones
from mamori.rooms.display.rules.text.offers import is_mere_offer
from mamori.rooms.display.rules.told import AskedOf, DisplayFault, FaultKind, RegisteredSeller, ShownWords

_CHARGED = regex(
    r"代引|代金引換|銀行|振込|振り込み|ふりこみ|郵便振替|ゆうちょ|現金書留|bank transfer|cash on delivery|cod\b"
)
_LEADS = regex(r"代表|社長|ceo|president|representative", re.I)
_CHARGES = frozenset({DisplayItem.PRICE, DisplayItem.SHIPPING, DisplayItem.OTHER_CHARGES})


def faults(shown: ShownWords, registered: RegisteredSeller, terms: AskedOf) -> tuple[DisplayFault, ...]:
    """Return what is wrong with a display, at most one fault an item, in the order in which a page shows them."""
    must = set(asked(terms.seller, terms.traits))
    if terms.seller is not SellerKind.PRIVATE and _has_charges(shown):
        must.add(DisplayItem.OTHER_CHARGES)
    if terms.seller is SellerKind.OVERSEAS and is_company(registered.name):
        must.add(DisplayItem.RESPONSIBLE)  # the order asks it of any corporation, wherever it is
    may_omit = omittable(_traits(shown, terms), is_charge_shown=bool(_CHARGES & set(shown.values)))
    found = (
        _fault(item, shown, registered, terms, may_omit if item in must else None) for item in DisplayItem
    )
    return tuple(one for one in found if one is not None)


def _traits(shown: ShownWords, terms: AskedOf) -> frozenset[Trait]:
    """Return what decides on what may be omitted: a display that shows its charges says by itself that it shows all."""
    is_sent = Trait.SENDS in terms.traits
    shows_all = (
        DisplayItem.PRICE in shown.values
        and (DisplayItem.SHIPPING in shown.values or not is_sent)
        and (DisplayItem.OTHER_CHARGES in shown.values or not _has_charges(shown))
        and not any(
            is_vague(item, shown.values[item])
            for item in _CHARGES & set(shown.values)
            if is_sent or item is not DisplayItem.SHIPPING
        )
    )
    return terms.traits | {Trait.ALL_CHARGES_SHOWN} if shows_all else terms.traits


def _has_charges(shown: ShownWords) -> bool:
    """Say whether the display itself offers ways to pay that cost extra."""
    ways = "\n".join(
        (*shown.values.get(DisplayItem.PAYMENT_METHOD, ()), *shown.values.get(DisplayItem.PAYMENT_TIME, ()))
    )
    return _CHARGED.search(normalize("NFKC", ways).casefold()) is not None


def _fault(
    item: DisplayItem,
    shown: ShownWords,
    registered: RegisteredSeller,
    terms: AskedOf,
    may_omit: frozenset[DisplayItem] | None,
) -> DisplayFault | None:
    """Return the gravest fault of an item; `may_omit` is None where it is not asked."""
    values = shown.values.get(item, ())
    if item is DisplayItem.NAME and terms.seller is not SellerKind.CORPORATION:
        # A trader answers for itself: its name may stand as the person responsible.
        responsible = shown.values.get(DisplayItem.RESPONSIBLE, ())
        own = tuple(one for one in responsible if registered.name and is_same_name(one, registered.name))
        is_named = bool(registered.name) and stands_in(registered.name, shown.text)
        values = own or values or (() if is_named else responsible)
    if item in shown.on_request and _differs(item, values, registered):
        values = ()  # a shop's name or a platform's address stands there, and the own one is offered
    if not values:
        return None if may_omit is None else _absent(item, shown, registered, may_omit)
    if all(is_mere_offer(item, one) for one in values):
        return fault(item, FaultKind.VAGUE, values[0])
    known = _known(item, registered)
    real = tuple(value for value in values if not is_placeholder(item, value, known=known))
    if not real:
        return fault(item, FaultKind.PLACEHOLDER, values[0])
    return next(_worse(item, real, shown, registered, terms, is_asked=may_omit is not None), None)


def _absent(
    item: DisplayItem, shown: ShownWords, registered: RegisteredSeller, may_omit: frozenset[DisplayItem]
) -> DisplayFault | None:
    """Return what is wrong where nothing stands below an item's label: a name may still stand in a sentence."""
    own = {DisplayItem.NAME: registered.name, DisplayItem.RESPONSIBLE: registered.representative}.get(
        item, ""
    )
    if own and stands_in(own, shown.text):
        return None
    if item is DisplayItem.ADDRESS and stands_abroad(registered.address, shown.text):
        return None
    if item in shown.on_request:
        return None if item in may_omit else fault(item, FaultKind.NOT_OMITTABLE)
    if item is DisplayItem.NAME and shown.shop:
        kind = FaultKind.PLACEHOLDER if is_placeholder(item, shown.shop[0]) else FaultKind.MISMATCH
        return fault(item, kind, shown.shop[0])
    return fault(item, FaultKind.MISSING)


def _known(item: DisplayItem, registered: RegisteredSeller) -> frozenset[str]:
    """Return what is registered, as far as a dummy may look like it."""
    if item is DisplayItem.PHONE:
        return frozenset(number for one in registered.phones for number in phones(one))
    if item is DisplayItem.MAIL:
        return frozenset(mails(registered.mail))
    own = {
        DisplayItem.NAME: (registered.name,),
        DisplayItem.ADDRESS: (registered.address,),
        DisplayItem.RESPONSIBLE: (registered.representative, registered.name),
    }.get(item, ())
    return frozenset(pressed(one) for one in own if one)


def _worse(
    item: DisplayItem,
    values: tuple[str, ...],
    shown: ShownWords,
    registered: RegisteredSeller,
    terms: AskedOf,
    *,
    is_asked: bool,
) -> Iterator[DisplayFault]:
    """Yield what is wrong with words that say something, the gravest first."""
    said = values[0]
    if item is DisplayItem.PHONE and not any(map(phones, values)):
        if is_asked:
            yield fault(item, FaultKind.MISSING, said)
        return
    if _differs(item, values, registered) or contradicts(item, (*values, *shown.beside.get(item, ()))):
        yield fault(item, FaultKind.MISMATCH, said)
    if item is DisplayItem.PHONE and _is_other_phone(shown.beside.get(item, ()), registered):
        yield fault(item, FaultKind.MISMATCH, shown.beside[item][0])
    if item is DisplayItem.PHONE and not _reaches(values, registered):
        yield fault(item, FaultKind.UNFIT, said)
    if (
        item is DisplayItem.MAIL
        and not terms.free_mail
        and all(map(is_free, mails("\n".join(values)) or ("@",)))
    ):
        yield fault(item, FaultKind.UNFIT, said)
    if is_vague(item, values) and (is_asked or terms.seller is not SellerKind.PRIVATE):
        yield fault(item, FaultKind.VAGUE, said)
    if item is DisplayItem.RESPONSIBLE and is_asked and is_half_named(values, registered.representative):
        yield fault(item, FaultKind.VAGUE, said)


def _differs(item: DisplayItem, values: tuple[str, ...], registered: RegisteredSeller) -> bool:
    """Say whether words differ from the registration."""
    if item is DisplayItem.NAME:
        return bool(registered.name) and _is_other_name(values, registered.name)
    if item is DisplayItem.RESPONSIBLE:
        led = [one for one in values if _LEADS.search(one)]
        return bool(registered.representative and led) and not any(
            is_same_name(one, registered.representative) for one in led
        )
    if item is DisplayItem.ADDRESS:
        return any(map(postcode_differs, values)) or (
            bool(registered.address) and not any(is_same_place(one, registered.address) for one in values)
        )
    if item is DisplayItem.PHONE:
        return bool(registered.phones) and _is_other_phone(values, registered)
    given = _all(mails, values) if item is DisplayItem.MAIL else frozenset()
    return bool(registered.mail and given) and not _known(item, registered) & given


def _is_other_phone(beside: tuple[str, ...], registered: RegisteredSeller) -> bool:
    """Say whether a sentence away from the label calls a number the telephone that is not registered."""
    return bool(registered.phones) and any(
        set(numbers).isdisjoint(_known(DisplayItem.PHONE, registered))
        for one in beside
        if (numbers := phones(one))
    )


def _all(finding: Callable[[str], tuple[str, ...]], values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one for value in values for one in finding(value))


def _is_other_name(values: tuple[str, ...], registered: str) -> bool:
    """Say whether no value is the registered name, or another one names another corporation."""
    own = [is_same_name(one, registered) for one in values]
    return not any(own) or any(forms(one) and not is_own for one, is_own in zip(values, own, strict=True))


def _reaches(values: tuple[str, ...], registered: RegisteredSeller) -> bool:
    """Say whether a number is among them that buyers may be sent to; what is registered and unknown to the plan is let be."""
    known = _known(DisplayItem.PHONE, registered)
    for number in _all(phones, values):
        try:
            phone(number)
        except NoPhone:
            if number not in known:
                continue
        except PhoneNotForBuyers:
            continue
        return True
    return False
