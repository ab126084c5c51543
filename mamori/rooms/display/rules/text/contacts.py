"""Telephone numbers, mail addresses, postal addresses and companies as they stand in words, with or without a label."""

from __future__ import annotations

import re
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.japan.addresses.reading import PREFECTURES

_DASH = r"[-‐‑‒–—―−ーｰ─]"
PHONE = regex(
    r"(?<![\d\-])(?:\+\d{1,3}[\s\-]{0,2}(?:\(0\))?\(?\d{1,5}\)?|\(0\d{1,4}\)|0\d{0,10})"
    r"(?:(?:[\s\-]{1,2}|(?<=\)))\d{1,5}|\(\d{1,4}\)[\s\-]?\d{1,4}){0,4}(?!\d)"
)
MAIL = regex(
    r"[a-z0-9][a-z0-9._%+\-]{0,63}\s?(?:@|[(\[<{【〔]\s?(?:at|@|アット(?:マーク)?)\s?[)\]>}】〕]|★|☆|■|アットマーク"
    r"| at )\s?[a-z0-9][a-z0-9\-]{0,60}(?:\.[a-z0-9\-]{1,60}){1,4}",
    re.I,
)
POSTCODE = regex(r"(?:〒\s?|(?<![\d\-]))(\d{3})-(\d{4})(?![\d\-])|〒\s?(\d{3})-?(\d{4})")
FAX = regex(r"fax|ファックス|ファクス|ファクシミリ", re.I)
_KANJI_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_IN_KANJI = regex(r"[〇○零][〇○零一二三四五六七八九()\-ー]{8,14}")
_CALLED = regex(r"tel|電話|phone", re.I)
_FAX_BEHIND = regex(r"\s?[(（]?\s?(?:fax|ファックス|ファクス)\s?(?:[)）]|$|専用|のみ)", re.I)
_PREFECTURE = "|".join(one.ja for one in PREFECTURES.values())
ADDRESS = regex(
    rf"(?:{_PREFECTURE})[^\s。、:：]{{1,24}}?[市区町村郡]"
    rf"|[一-龠ヶケ々]{{1,6}}[市区](?:[一-龠]{{1,5}}[区町村])?[^\s。、\d:：]{{0,16}}\d{{1,4}}(?:-\d|丁目|番)"
    rf"|市区町村 番地|〒\s?\d{{3}}-?\d{{4}}\s{{0,3}}\S{{3}}"
    r"|(?<![\w])\d{1,5}(?:-\d{1,5}){0,3},? [a-z][a-z\-' ]{2,40},[^\n]{2,60}(?:japan|tokyo|osaka|china|korea|taiwan"
    r"|usa|hong kong|\d{5})",
    re.I,
)
_ADDRESS_ENDS = regex(
    r"[。、\n]|に(?:あり|ござ|事務所|お店)|(?<=\d)(?:で|です)|(?<=[市区町村])で|[\s\u3000(]*(?:電話|tel|fax|☎"
    r"|\d{2,4}-\d{2,4}-\d{4}|0\d{1,4}\()",
    re.I,
)
_FORM = (
    r"(?:株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)?(?:社団|財団)法人|特定非営利活動法人|NPO法人"
    r"|医療法人|学校法人|\(株\)|\(有\)|\(同\))"
)
COMPANY = regex(
    rf"{_FORM}[ ]?[^\s、。,（）()「」:：/|はがのに]{{1,24}}|[^\s、。,（）()「」:：/|はがの]{{1,24}}?[ ]?{_FORM}"
    r"|[A-Z][\w&.\-]{1,24}(?: [A-Z&][\w&.\-]{0,24}){0,4},? (?:Co\.,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|LLC|GmbH"
    r"|Corporation|Corp\.?|K\.K\.|Pte)"
)


def plain(words: str) -> str:
    """Return words in ordinary letters and digits, with one kind of dash between figures."""
    return re.sub(rf"(?<=[\d〇○x×*△●]){_DASH}|{_DASH}(?=\d)", "-", normalize("NFKC", words))


def phones(words: str) -> tuple[str, ...]:
    """Return the telephone numbers in words, as digits; a postcode is none, nor what is marked as a fax."""
    text = _IN_KANJI.sub(lambda one: one[0].translate(_KANJI_DIGITS), plain(words))
    found: dict[str, None] = {}
    for one in PHONE.finditer(text):
        digits = re.sub(r"\D", "", _cut(one[0]))
        before = text[max(one.start() - 10, 0) : one.start()]
        is_fax = bool(FAX.search(before)) and not _CALLED.search(before)
        is_fax = is_fax or _FAX_BEHIND.match(text, one.end()) is not None
        if 9 <= len(digits) <= 15 and not is_fax:
            found[_dialled(one[0], digits)] = None
    return tuple(found)


def _cut(written: str) -> str:
    """Return a number of Japan without the figures of what follows it, such as the hours when it is answered."""
    kept, most = "", 11 if re.match(r"0[5-9]0|0800", written) else 10
    for part in re.split(r"(?=[\s\-(])", written) if written.startswith(("0", "(0")) else (written,):
        if kept and len(re.sub(r"\D", "", kept)) >= most:
            break
        kept += part
    return kept


def _dialled(written: str, digits: str) -> str:
    """Return a number of Japan as it is dialled there, and another one with its country."""
    if written.startswith("+81"):
        return "0" + digits[2:].lstrip("0")
    return "+" + digits if written.startswith("+") else digits


def mails(words: str) -> tuple[str, ...]:
    """Return the mail addresses in words, with the sign @ however it was written."""
    return tuple(
        dict.fromkeys(
            re.sub(
                r"[^a-z0-9._%+\-]+(?:at|アット(?:マーク)?)?[^a-z0-9._%+\-]*", "@", one[0].casefold(), count=1
            )
            for one in MAIL.finditer(plain(words))
        )
    )


def addresses(words: str) -> tuple[str, ...]:
    """Return the postal addresses in words, each up to where its clause ends."""
    text = plain(words)
    return tuple(
        _ADDRESS_ENDS.split(text[found.start() : found.start() + 120])[0].strip()
        for found in ADDRESS.finditer(text)
    )


def postcode(words: str) -> str:
    """Return the seven digits of the first postcode in words; "" where there is none."""
    found = POSTCODE.search(plain(words))
    return re.sub(r"\D", "", found[0]) if found else ""
