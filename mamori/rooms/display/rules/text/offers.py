"""Words below a label that give nothing themselves and only offer to: 「ご請求があれば遅滞なく開示します」."""

from __future__ import annotations

import re
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.contacts import ADDRESS, mails, phones, plain
from mamori.rooms.display.rules.text.passages import CONTACTS
from mamori.rooms.display.rules.text.requests import (
    REQUEST,
    asked_for,
    is_request,
    sentences,
    without_request,
)

_WITHHELD = regex(
    r"非公開|非表示|控え|省略|公開し|(?:記載|表示|掲載)し(?:ない|て(?:い|お))|載せて|プライバシー|個人情報|自宅"
    r"|都合|保護|請求|問い?合わ|フォーム|連絡|privacy|withheld|not (?:shown|displayed|published)",
    re.I,
)
_TELLS = regex(
    r"\d|無料|不可|可能|でき|即|当日|前払|後払|カード|振込|代引|各商品|ページ|free|card|page|within"
)
_OF_PLATFORM = regex(
    r"プラットフォーム|(?:運営)?事務局内?|運営会社の|バーチャルオフィス|レンタルオフィス|シェアオフィス|モールの"
    r"|platform|virtual office",
    re.I,
)


def is_mere_offer(item: DisplayItem, words: str) -> bool:
    """Say whether words only offer to give an item on request, or show a platform's in its stead."""
    if not is_request(words):
        return False
    if item in {DisplayItem.ADDRESS, DisplayItem.PHONE} and _OF_PLATFORM.search(words):
        return True
    return not (_gives_contact(item, words) if item in CONTACTS else _gives_term(item, words))


def _gives_contact(item: DisplayItem, words: str) -> bool:
    """Say whether a number, an address or a name stands beside the offer."""
    rest = without_request(words)
    if item in {DisplayItem.PHONE, DisplayItem.MAIL}:
        return bool(phones(words) if item is DisplayItem.PHONE else mails(words))
    if item is DisplayItem.ADDRESS:
        return bool(ADDRESS.search(plain(rest)) and re.search(r"\d", plain(rest)))
    return any(len(one) > 1 and not _WITHHELD.search(one) for one in sentences(rest))


def _gives_term(item: DisplayItem, words: str) -> bool:
    """Say whether the offer is of something else, or a term stands beside it."""
    named, _ = asked_for(words)
    said = normalize("NFKC", REQUEST.sub(" ", words)).casefold()
    return bool(named and item not in named) or _TELLS.search(said) is not None
