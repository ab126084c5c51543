"""Whether a display agrees with the goods that its seller has on offer, as far as their names tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem, Trait
from mamori.rooms.display.rules.checks.sentences import fault
from mamori.rooms.display.rules.told import AskedOf, DisplayFault, FaultKind, OnOffer, ShownWords

_FREE = regex(r"送料(?:無料|込|当(?:店|方)負担)|free shipping")
_SAYS_FREE = regex(r"無料(?!では)|送料込|税?・?送料込|当(?:店|社|方)負担|(?<![\d,])0円|free")
_NO_RETURN = regex(r"返品(?:不可|お断り|できません)|ノークレーム|ノーリターン|nc[/・ ]?nr|no returns?")
_SAYS_NO_RETURN = regex(r"不可|お断り|できません|でき(?:ない|かね)|お受け(?:し|でき)|ノーリターン|not|no ")
_RECURRING = regex(r"定期(?:便|購入|コース)|サブスク|頒布会|subscription")
_DOWNLOAD = regex(r"ダウンロード(?:版|販売|コード|商品)|dl(?:版|コード|カード)|download (?:code|version)")
_LATER = regex(r"予約(?:販売|商品|受付)|受注(?:生産|製作|制作)|pre-?order|made to order")
MOST_NAME = 40


def unlike_offers(shown: ShownWords, terms: AskedOf, offers: Sequence[OnOffer]) -> tuple[DisplayFault, ...]:
    """Return where a display and the names of goods on offer do not agree, an item once; none of it is sure.

    What is sent free, what may not be returned, what comes in a row or is made later is often said in the name of goods.
    """
    return tuple(_faults(shown, terms, offers))


def _faults(shown: ShownWords, terms: AskedOf, offers: Sequence[OnOffer]) -> Iterator[DisplayFault]:
    rules: tuple[tuple[DisplayItem, bool, Callable[[OnOffer], bool]], ...] = (
        (DisplayItem.SHIPPING, _never(shown, DisplayItem.SHIPPING, _SAYS_FREE), _named(_FREE)),
        (DisplayItem.SHIPPING, Trait.SENDS not in terms.traits, lambda one: one.is_goods),
        (DisplayItem.RETURNS, _never(shown, DisplayItem.RETURNS, _SAYS_NO_RETURN), _named(_NO_RETURN)),
        (DisplayItem.RECURRING_TERMS, Trait.RECURRING not in terms.traits, _named(_RECURRING)),
        (DisplayItem.COMPUTER, Trait.SOFTWARE not in terms.traits, _named(_DOWNLOAD)),
        (DisplayItem.DELIVERY, DisplayItem.DELIVERY in shown.on_request, _named(_LATER)),
    )
    seen: set[DisplayItem] = set()
    for item, is_open, differs in rules:
        one = next(filter(differs, offers), None) if is_open and item not in seen else None
        if one is not None:
            seen.add(item)
            name = one.name if len(one.name) <= MOST_NAME else f"{one.name[:MOST_NAME]}…"
            yield fault(item, FaultKind.LISTED, name).unsure()


def _never(shown: ShownWords, item: DisplayItem, says: re.Pattern[str]) -> bool:
    """Say whether a display says something under an item, and never this."""
    words = "\n".join((*shown.values.get(item, ()), *shown.beside.get(item, ())))
    return bool(words) and says.search(_plain(words)) is None


def _named(says: re.Pattern[str]) -> Callable[[OnOffer], bool]:
    return lambda one: says.search(_plain(one.name)) is not None


def _plain(words: str) -> str:
    return normalize("NFKC", words).casefold()
