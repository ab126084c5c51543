"""Whether the name that stands in a display is the registered one: legal forms, old glyphs, width and order forgiven."""

from __future__ import annotations

import re

from mamori.grammar.regex import regex
from mamori.japan.folding import folded
from mamori.japan.names.forms import FORMS
from mamori.japan.names.kana import modern

_SHORT = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(資)": "合資会社",
    "(名)": "合名会社",
    "(一社)": "一般社団法人",
    "(一財)": "一般財団法人",
    "(公財)": "公益財団法人",
    "(公社)": "公益社団法人",
    "(医)": "医療法人",
    "(特非)": "特定非営利活動法人",
    "NPO法人": "特定非営利活動法人",
}
_FORM = regex(
    "|".join(
        sorted({word for form in FORMS for word in form.words if "(" not in word}, key=len, reverse=True)
    )
)
_ABROAD = (
    (regex(r"\bco(?:mpany|rporation)?\.?,? *l(?:imi)?te?d\b\.?|\bcompany limited\b"), "coltd"),
    (regex(r"\b(?:limited|ltd)\b\.?"), "ltd"),
    (regex(r"\b(?:incorporated|inc)\b\.?"), "inc"),
    (regex(r"\b(?:corporation|corp)\b\.?"), "corp"),
    (regex(r"\bl\.?l\.?c\b\.?"), "llc"),
    (regex(r"\bkabushiki kaisha\b|\bk\.?k\b\.?"), "kk"),
)
_BEHIND_FORM = regex(r"(?<=会社)[ \u3000]+|(?<=法人)[ \u3000]+")
_BEFORE_FORM = regex(rf"[ \u3000]+(?={_FORM.pattern})")
_PARTED = regex(r"[\s()「」『』/|・,、。:：\[\]【】]")
_ATTACHED = regex(
    r"代表|運営|通販|通信販売|事業部|オンライン|シヨツプ|責任者|担当|デス|カ|本社|支店|^[ハガノデ]"
)
_FORMS_ABROAD = frozenset({"coltd", "ltd", "inc", "corp", "llc", "kk", "gmbh", "pte", "the"})
_COMPANY = regex(
    r"\b(?:Co\.?|S\.?r\.?l|S\.?A\.?R\.?L|S\.?A\.?S?|GmbH|B\.?V|A/?S|Oy|AB|Pty|PLC|S\.?p\.?A)\b|有限公司|公司",
    re.I,
)
_KANJI = regex("[㐀-䶿一-鿿𠀀-𿿿々]")
_KANA = regex("[ぁ-ヿ]")
_LATIN = regex("[a-z]", re.I)


def _spelt(name: str) -> str:
    text = modern(name)
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    return text


def forms(name: str) -> tuple[str, ...]:
    """Return the legal forms in a name."""
    return tuple(_FORM.findall(_spelt(name)))


def is_company(name: str) -> bool:
    """Say whether a name has a legal form, of Japan or of another country."""
    return bool(forms(name) or _COMPANY.search(name) or _FORMS_ABROAD & set(_words(name)) - {"the"})


def _pressed(name: str) -> str:
    return re.sub(r"[\W_]", "", folded(_spelt(name)))


def _words(name: str) -> list[str]:
    text = _spelt(name).casefold()
    for pattern, form in _ABROAD:
        text = pattern.sub(f" {form} ", text)
    return [word for word in re.split(r"[\W_]+", text) if word]


def is_same_name(shown: str, registered: str) -> bool:
    """Say whether the registered name stands in the words, with its legal form where it has one.

    What cannot be compared, such as Latin letters with kanji, is left to a person and counts as the same.
    """
    if _pressed(registered) in _pressed(shown):
        return _is_whole(shown, registered)
    if _cannot_compare(shown, registered):
        return True
    if _LATIN.search(registered) and not _KANJI.search(registered):
        own, theirs = _words(registered), set(_words(shown))
        bare = [word for word in own if word not in _FORMS_ABROAD]
        other = {word for word in theirs if word in _FORMS_ABROAD} - {"the"}
        form = {word for word in own if word in _FORMS_ABROAD} - {"the"}
        return (
            bool(bare)
            and ("".join(bare) in "".join(_words(shown)) or set(bare) <= theirs)
            and (form == other or not form or not other)
        )
    return False


def stands_in(name: str, text: str) -> bool:
    """Say whether a name stands somewhere in a text, with its legal form however that is written."""
    own = _pressed(name)
    return len(own) > 1 and own in _pressed(text)


def _is_whole(shown: str, registered: str) -> bool:
    """Say whether a corporation's name ends where its word ends: 株式会社青葉 does not stand in 株式会社青葉物産."""
    if not forms(registered):
        return True
    own, text = _pressed(registered), _spelt(shown)
    text = (_BEHIND_FORM if _FORM.match(_spelt(registered)) else _BEFORE_FORM).sub("", text)
    holding = [word for part in _PARTED.split(text) if own in (word := _pressed(part))]
    return not holding or any(word == own or _ATTACHED.search(word.replace(own, "", 1)) for word in holding)


def _cannot_compare(shown: str, registered: str) -> bool:
    """Say whether the two are in different scripts, so that letters tell nothing."""
    is_japanese = bool(_KANJI.search(registered) or _KANA.search(registered))
    shown_japanese = bool(_KANJI.search(shown) or _KANA.search(shown))
    if is_japanese != shown_japanese and _LATIN.search(shown if is_japanese else registered):
        return True
    return (
        bool(_KANJI.search(registered))
        and not _KANJI.search(shown)
        and bool(_KANA.search(shown))
        and not forms(registered)
    )
