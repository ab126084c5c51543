"""A line of a display cut at each label in it: in brackets, before a colon, a tab or a wide gap, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.rooms.display.rules.text.labels import Label, label

_OPEN, _CLOSE = "【\\[［〔＜<《『≪〈「", "】\\]］〕＞>》』≫〉」"
_SEPARATOR = r"[ \u3000]*[:：︰﹕;；=＝→⇒…▶►»|｜]+[ \u3000]*|[ \u3000]*\t[\t \u3000]*"
_BRACKETED = regex(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]{{1,40}})[{_CLOSE}]")
_FIRST = regex(rf"([^\n\t:：;；=＝→⇒…▶|｜]{{1,48}}?)(?:{_SEPARATOR})")
_INNER = regex(
    r"(?:(?<=[\s、。,，;；/／|｜・)）])|(?<=…))([^\s、。,，;；/／"
    r"|｜:：()（）・]{2,20}(?:[(（][^()（）\n]{1,12}[)）])?)[ \u3000]?[:：]"
)
_SPACED = regex(
    r"(\S(?:[ \u3000]{1,3}\S){1,4}(?= {2}|\u3000)|[^\s(（]{1,16} ?[(（][^()（）\n]{1,20}[)）]"
    r"|[^\s(（]{2,24})(?: {2,}|\u3000+| [-‐–—―ー] |(?: ?[/／] ?))(?=\S)(.*)"
)
_ROUND = regex(r"[(（]([^()（）\n]{1,20})[)）](?=[ \u3000\t:：]|$)")
_GAP = regex(r"\u3000|  ")
_PAUSES = frozenset(" \u3000\t。、,，;；)）/／")
_NOTHING = Label((), 0, False)
_ONE_BLANK = regex(r"(\S{2,20})[ ](.*)")
_SIGN = regex(r"[☎☏📞℡📱📲✉📧📩📨📮🏠🏢📍📠]")
_SIGNS = (
    {"☎": "電話", "☏": "電話", "📞": "電話", "℡": "電話", "📱": "電話", "📲": "電話", "📠": "FAX"}
    | dict.fromkeys("✉📧📩📨📮", "メール")
    | dict.fromkeys("🏠🏢📍", "住所")
)
_VALUE = {
    "電話": regex(r"[+(]?\d|[〇一二三四五六七八九]{2}|[x×○]{2}"),
    "FAX": regex(r"[+(]?\d"),
    "メール": regex(r"[a-z0-9._-]{1,12}(?:@|$)|[a-z0-9._-]{12}", re.I),
    "住所": regex(r"〒|.{1,3}[都道府県]|\d{3}-\d{4}"),
}
_DECOR = regex(
    r"^(?:[^\w\[\]【】［］〔〕＜＞<>《》『』≪≫〈〉「」()（）〒☎☏℡+＋¥￥$@※。、○〇×_*＊＿△]|[*＊](?![*＊])|△(?!△)"
    r"|○(?!○)|(?:[(（]?\d{1,2}[)）.．、](?![\d-])|\d{1,2}[\u3000]+(?=\D)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}[、．.\u3000]|第\d{1,2}[条項]?(?=[(（ \u3000]))[ \u3000]*)+"
)
_MARKED = regex(r"^\s*(?:[■□●◆◇▼▽▲▶►★☆◎#✦✿❖➤✔✅🔸🔹🔶🔷📌💰🚚🔄]|[①-⑳]|\d{1,2}[.．、]|第\d{1,2}条)")
_QUESTION = regex(
    r"^(?:[QＱ]\s?\d{0,2}|質問\d{0,2}|問\d{0,2})[\s.．:：、,)）]+(.+)$|^([^。\n]{2,48}(?:[?？]|ですか。?|ますか。?))$",
    re.I,
)
_ANSWER = regex(r"^(?:[AＡ]\s?\d{0,2}|回答|答え?)[\s.．:：、,)）]+", re.I)


@dataclass(frozen=True, slots=True)
class Cut:
    """A label with the words behind it, a label alone, or words alone."""

    head: str
    named: Label | None
    words: str
    is_marked: bool = False


def pieces(line: str) -> Iterator[Cut]:
    """Yield the pieces of a line, cut at each label in it."""
    is_marked = _MARKED.match(line) is not None
    line = _with_signs(line)
    bare = _DECOR.sub("", line) or line
    if asked := _QUESTION.match(bare):
        question = (asked[1] or asked[2]).strip()
        named = label(question)
        if named.items or asked[1]:
            yield Cut(question, Label(named.items, 0, False), "", is_marked=True)
            return
    bare = _ANSWER.sub("", bare)
    heads = list(_heads(bare, is_marked=is_marked))
    if not heads:
        yield Cut("", None, bare)
        return
    if heads[0][0]:
        yield Cut("", None, bare[: heads[0][0]].strip())
    for at, (_, end, words, named) in enumerate(heads):
        until = heads[at + 1][0] if at + 1 < len(heads) else len(bare)
        marked = is_marked or bare[end - 1 : end] in _CLOSE
        yield Cut(words, named, bare[end:until].strip(" \u3000\t/／:：、,|｜"), marked)


def _with_signs(line: str) -> str:
    """Return the line with a telephone's sign before a number as the word for it."""

    def worded(found: re.Match[str]) -> str:
        follows = line[found.end() : found.end() + 12].lstrip("\ufe0f \u3000")
        is_value = _VALUE[_SIGNS[found[0]]].match(normalize("NFKC", follows)) is not None
        is_named = label(re.split(r"[:：\s]", follows, maxsplit=1)[0]).items != ()
        return f" {_SIGNS[found[0]]}：" if follows and is_value and not is_named else " "

    return _SIGN.sub(worded, line).strip()


def _heads(line: str, *, is_marked: bool) -> Iterator[tuple[int, int, str, Label]]:
    """Yield each label of a line: where it begins, where its words begin, itself and what it names."""
    at = 0
    if (first := _first(line, is_marked=is_marked)) is not None:
        yield first
        at = first[1]
        if at >= len(line):
            return
    inner = [*_BRACKETED.finditer(line, at), *_INNER.finditer(line, at)]
    for found in sorted(inner, key=lambda one: one.start()):
        named = label(found[1])
        is_slot = found.start() == at and found.end() == len(line) and first is not None
        before = line[found.start() - 1 : found.start()]
        is_said = found[0][0] in "「『" or (found[0][0] in "［[〔<＜《{" and before not in _PAUSES)
        if found.start() >= at and not is_slot and not is_said and _is_sure(named, 4) and not named.is_weak:
            at = found.end()
            yield found.start(), at, found[1], named


def _is_sure(named: Label, most: int) -> bool:
    """Say whether a label names something, and hardly anything else."""
    return bool(named.items) and named.left <= most and not (named.says and named.left >= 2)


def _first(line: str, *, is_marked: bool) -> tuple[int, int, str, Label] | None:
    """Return the label with which a line begins."""
    for way in (_bracketed, _parted, _spaced, _after_one_blank):
        if (found := way(line)) is not None:
            return found
    whole = label(line) if len(line) <= 48 else None
    if whole is None:
        return None
    if whole.items and not whole.says and whole.left <= (4 if is_marked else 0):
        return 0, len(line), line, whole
    if is_marked and not whole.items and len(line) <= 20 and not _GAP.search(line):
        return 0, len(line), line, _NOTHING
    return None


def _bracketed(line: str) -> tuple[int, int, str, Label] | None:
    if (found := _BRACKETED.match(line) or _ROUND.match(line)) is None:
        return None
    named = label(found[1])
    is_quoted = found[0][0] in "「『" and line[found.end() : found.end() + 1] not in {"", ":", "："}
    if _is_sure(named, 48) and not is_quoted:
        return 0, found.end(), found[1], named
    if not named.items and len(found[1]) <= 20 and not named.says and found[0][0] not in "「『<＜[［(（":
        return 0, found.end(), found[1], _NOTHING
    return None


def _parted(line: str) -> tuple[int, int, str, Label] | None:
    """Return the label before a colon or a tab."""
    if (found := _FIRST.match(line)) is None or found[1].startswith("http"):
        return None
    named = label(found[1])
    if _is_sure(named, 4):
        return 0, found.end(), found[1].strip(), named
    if (
        not named.items
        and not named.says
        and "\t" not in found[0]
        and 1 < len(found[1]) <= 20
        and not _GAP.search(found[1])
    ):
        return 0, found.end(), found[1].strip(), named
    return None


def _spaced(line: str) -> tuple[int, int, str, Label] | None:
    """Return the label before a wide gap or a stroke."""
    if (found := _SPACED.match(line)) is not None:
        named = label(found[1])
        is_list = "/" in normalize("NFKC", line[found.end(1) : found.start(2)]) and label(found[2]).left == 0
        if _is_sure(named, 3) and not named.says and not named.is_weak and not is_list:
            return 0, found.start(2), found[1], named
    return None


def _after_one_blank(line: str) -> tuple[int, int, str, Label] | None:
    """Return the label before a single blank, where the words behind it say something of their own."""
    if (found := _ONE_BLANK.match(line)) is not None:
        named, words = label(found[1]), label(found[2])
        is_sure = named.items and not named.left and not named.says and not named.is_weak
        if is_sure and (words.left or words.says or len(found[2]) > 48 or not re.search(r"\w", found[2])):
            return 0, found.start(2), found[1], named
    return None
