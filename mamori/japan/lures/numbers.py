"""Runs of digits as people write and disguise them: any width, kanji, words, look-alikes, anything in between."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.regex import regex
from mamori.japan.lures.reading import rule

_KANJI = "〇零|一壱壹弌|二弐貳|三参參|四肆|五伍|六陸|七漆|八捌|九玖"
KANJI = {kanji: str(value) for value, all_ in enumerate(_KANJI.split("|")) for kanji in all_}
_SAID = (
    "ゼロ|れい|まる|おー いち|ワン にー|に|ツー さん|スリー よん|しー|し(?!ち|っくす)|フォー ごー|ご|ファイブ ろく|シックス"
    " なな|しち|セブン はち|エイト きゅう|きゅー|く|ナイン"
)
_DIGITS = "zero|one|two|three|four|five|six|seven|eight|nine"
_ENGLISH = {word: str(at) for at, word in enumerate(_DIGITS.split("|"))}
_OH = "oh"
"""A nought as English speakers read a number aloud: where the word for another digit stands beside it, and else nothing."""
_ENGLISH_WORD = regex("|".join((*_ENGLISH, _OH)) + "|[0-9]")
_THEN_SAID = regex(rf"(?:[^\w]{{1,6}}{_OH})*[^\w]{{1,6}}(?:{'|'.join(_ENGLISH)})(?![a-z])")
_LOOKS = str.maketrans("oqdliszbg", "000115289")
_CALLED = ("tel", "fax", "phone", "mobile", "call", "no", "ph")
_WORD = rule("|".join(f"(?P<n{value}>{words})" for value, words in enumerate(_SAID.split())))
_ANY_WORD = _SAID.replace(" ", "|")
_NUMBER = f"[a-z0-9{''.join(KANJI)}]|{_ANY_WORD}"
_PARTING = (
    r"(?:[^\w]|[_ー]){1,6}|ハイフン|スペース|の(?:あと|後|次|つぎ)?(?:は|に|が)?"
    r"|で?その(?:あと|後|次)(?:は|に|が)?|から|と|で"
)
_STRETCH = rule(f"(?:{_NUMBER})(?:(?:{_PARTING}){{0,3}}(?:{_NUMBER}))*")
_TOKEN = rule(
    f"(?P<digits>[0-9]+(?![a-z0-9]))|(?P<chunk>[a-z0-9]+)|(?P<kanji>[{''.join(KANJI)}]+)|(?P<said>(?:{_ANY_WORD})+)"
    f"|(?P<sep>{_PARTING})"
)


@dataclass(slots=True)
class Piece:
    """Digits that stand together; `real` of them were written as digits, `gap` is what parts them from those before.

    `spare` digits at the end may be grammar: the に of 「ごろくななに電話」.
    """

    digits: str
    start: int
    end: int
    gap: str
    real: int
    spare: int = 0

    @property
    def is_loose(self) -> bool:
        """Say whether a number may begin here: a blank, a line or a comma lies before it, or nothing."""
        return self.gap[:1] in {"", " "} or any(mark in self.gap for mark in "\n。、,!?:;()[]+")


def _of_chunk(chunk: str) -> tuple[str, int] | None:
    """Read letters and digits that stand together: look-alikes and a called prefix are forgiven, a code is not."""
    words = _ENGLISH_WORD.findall(chunk)
    if len(chunk) > 2 and words and "".join(words) == chunk:
        return "".join("0" if word == _OH else _ENGLISH.get(word, word) for word in words), len(words)
    for called in _CALLED:
        if chunk.startswith(called) and chunk[len(called) :].translate(_LOOKS).isdigit():
            chunk = chunk[len(called) :]
    digits = chunk.translate(_LOOKS)
    return (digits, sum(char.isdigit() for char in chunk)) if digits.isdigit() else None


def runs(plain: str) -> list[list[Piece]]:
    """Return the runs of numbers of a plain text: pieces with nothing but separators between them."""
    stretches = (found.span() for found in _STRETCH.finditer(plain))
    return [run for start, end in stretches if end - start > 2 for run in _runs(plain, start, end)]


def _runs(plain: str, start: int, end: int) -> list[list[Piece]]:
    """Return the runs of one stretch of number words, letters and separators: a word that is no number parts them."""
    found: list[list[Piece]] = []
    run: list[Piece] = []
    gap, said = "", False
    for token in _TOKEN.finditer(plain, start, end):
        kind, text = str(token.lastgroup), token[0]
        if kind == "sep":
            gap = (gap + text)[:9]
            continue
        is_oh = text == _OH and (said or _THEN_SAID.match(plain, token.end()) is not None)
        said = is_oh or text in _ENGLISH
        read = ("0", 1) if is_oh else _digits(kind, text)
        if read is None or (kind == "chunk" and not run and not read[1]):
            run, gap = [], ""  # a code; or a word of look-alikes, as "is", that begins no number
            continue
        digits, real = read
        if run and not gap:
            last = run[-1]
            last.digits, last.end, last.real = last.digits + digits, token.end(), last.real + real
        else:
            if not run or len(gap) > 8:
                run, gap = [], ""
                found.append(run)
            run.append(Piece(digits, token.start(), token.end(), gap, real))
        run[-1].spare = int(kind == "said" and text[-1] in "にニくクしシ")
        gap = ""
    return found


def _digits(kind: str, text: str) -> tuple[str, int] | None:
    """Return the digits of a token and how many of them count as plainly written."""
    if kind == "digits":
        return text, len(text)
    if kind == "chunk":
        return _of_chunk(text)
    if kind == "kanji":
        return "".join(KANJI[char] for char in text), len(text)
    words = list(_WORD.finditer(text))
    real = sum(len(word[0]) > 1 for word in words)  # に, ご and く alone are grammar, not digits
    return ("".join(str(word.lastgroup)[1:] for word in words), real) if real else None
