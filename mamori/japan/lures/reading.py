"""A text read as a person reads it, whatever it was spelled with, and the way back to the characters as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mamori.grammar.regex import regex

_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_TURNED = regex("\u202e([^\u202c\n]*)")
_VOICED = "\uff9e\u309b\u3099\uff9f\u309c\u309a"
_DASHES = "‐‑‒–—―−─━﹣⁃╌"
_LATIN = str.maketrans(
    "аеорсухіјѕһкмтвнοαινκρτυχεʟɪɴᴇᴀᴄᴅɢᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢı×○◯" + _DASHES,
    "aeopcyxijshkmtbhoaivkptuxelineacdgkmopstuvwyzix〇〇" + "-" * len(_DASHES),
)
_LETTERED = (0x1F150, 0x1F170, 0x1F1E6)  # white on black circles, white on black squares, flags


def _undecorated(char: str) -> str:
    """Return the letter or digit that a dingbat shows."""
    for first in _LETTERED:
        if 0 <= ord(char) - first < 26:
            return chr(ord("a") + ord(char) - first)
    value = unicodedata.numeric(char, 0.5) if unicodedata.category(char) in {"Nd", "No"} else 0.5
    return str(int(value)) if value.is_integer() else "@" if char in "ⓐⒶ" else char


@lru_cache(maxsize=8192)
def _read(char: str) -> str:
    """Return what one character reads as: nothing for the invisible and for marks upon others."""
    if char in "\n\t\r":
        return "\n" if char == "\n" else " "
    if char in _FILLERS or unicodedata.category(char) in {"Cf", "Mn", "Me", "Cc", "Cs"}:
        return ""
    shown = unicodedata.normalize("NFKC", _undecorated(char)).casefold().translate(_LATIN)
    return "".join(part for part in shown if unicodedata.category(part) != "Mn")


def _order(text: str) -> Iterable[int]:
    """Return the places of the characters in the order in which they are shown: an override turns a stretch around."""
    if "\u202e" not in text:
        return range(len(text))
    order = list(range(len(text)))
    for found in _TURNED.finditer(text):
        order[found.start(1) : found.end(1)] = reversed(order[found.start(1) : found.end(1)])
    return order


@dataclass(frozen=True)
class Reading:
    """A text as read (`plain`), with the place of each of its characters in the text as written."""

    written: str
    plain: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the written text behind a stretch of the plain one, with the invisible that trails it."""
        places = self.places[start:end]
        first, last = min(places), max(places) + 1
        while last < len(self.written) and not _read(self.written[last]):
            last += 1
        return first, last

    @cached_property
    def squeezed(self) -> Reading:
        """Return the words alone: what separates letters within a word is gone, `。` and `?` end sentences."""
        return _squeeze(self.plain)


def read(written: str) -> Reading:
    """Read a text: width, case, look-alikes, dashes and invisible characters made equal; kana keep their script."""
    out: list[str] = []
    places: list[int] = []
    for place in _order(written):
        char = written[place]
        if char in _VOICED and out:
            mark = unicodedata.normalize("NFKC", char).strip()
            if len(joined := unicodedata.normalize("NFC", out[-1] + mark)) == 1:
                out[-1] = joined
                continue
        for part in _read(char):
            out.append(part)
            places.append(place)
    return Reading(written, "".join(out), tuple(places))


_PART = regex(
    r"(?P<latin>[a-z0-9]+)|(?P<word>[^\W_a-z0-9]+)|(?P<end>[^\w?!。\n]*[?!。\n][^\w]*)|(?P<gap>[\W_]+)"
)


def _squeeze(plain: str) -> Reading:
    """Keep letters and digits; a blank between two Latin words, and ends of sentences that hold more than one letter."""
    out: list[str] = []
    places: list[int] = []
    since, latin, gap = 0, 0, -1
    for part in _PART.finditer(plain):
        kind, length = part.lastgroup, part.end() - part.start()
        if kind == "end":
            if since > 1:
                out.append("?" if "?" in part[0] else "。")
                places.append(part.start())
            since, latin, gap = 0, 0, -1
        elif kind == "gap":
            gap = part.start()
        else:
            if kind == "latin" and latin > 1 and length > 1 and gap >= 0:
                out.append(" ")
                places.append(gap)
            out.append(part[0])
            places.extend(range(part.start(), part.end()))
            since, latin, gap = since + length, length if kind == "latin" else 0, -1
    return Reading(plain, "".join(out), tuple(places))


_SIZES = ("あぁ", "いぃ", "うぅ", "えぇ", "おぉ", "つっ", "やゃ", "ゆゅ", "よょ", "わゎ")


def _spellings(kana: str) -> str:
    """Return every way to write one kana: both scripts, large and small."""
    hiragana = chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" else kana
    both = next((pair for pair in _SIZES if hiragana in pair), hiragana)
    return both + "".join(chr(ord(one) + 0x60) for one in both)


def rule(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for plain texts in which each kana stands for all its spellings; ranges of kana go as escapes."""
    out: list[str] = []
    within = False
    for at, char in enumerate(pattern):
        if char in "[]" and pattern[at - 1 : at] != "\\":
            within = char == "["
        if "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヶ":
            out.append(_spellings(char) if within else f"[{_spellings(char)}]")
        else:
            out.append(char)
    return regex("".join(out))


# Runs of digits as people write and disguise them: any width, kanji, words, look-alikes, anything in between.


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


_ASKED = rule(
    r"(?<!追跡)(?<!注文)(?<!管理)(?<!伝票)(?<!ショート)(?:(?P<phone>(?:電話|でんわ|携帯|スマホ)の?番号|携帯|携番|番号交換|連絡先)"
    r"|(?P<mail>(?:e?メール|メアド|mail)(?:アドレス)?|アドレス)|(?P<address>ご?住所|お所|住まい)"
    r"|(?P<bank>(?:通帳|キャッシュカード)の写真|口座(?:番号|情報|名義)?|振り?込み?先(?:の(?:情報|番号|銀行))?))"
    r"(?:だけ|[をはも]|って|など|とか|の){0,3}(?:ください|下さい|(?(phone)[^。?]{0,8}?(?:ください|下さい)|(?!))|[^。?]{0,8}?(?:教え|おしえ|もらえ|いただけ|知りた|聞いて(?:も|い)"
    r"|聞か?せ|お?聞き(?:し|でき)|書いて|送って|交換|控え|伝え(?:ます|て)))"
)
_GIVEN = rule(
    r"(?P<bank>(?:口座(?:番号|情報|名義)?|振り?込み?先(?:の(?:情報|番号|銀行))?)"
    r"(?:[はをものとがご]|情報|番号|こちら){0,4}[^。?\n]{0,8}?(?:お?知らせ|お?伝え|送り|連絡(?:して|くだ|下さ|いたし|し)"
    r"|記載|記入|です:|こちら|下記|以下|次の(?:とおり|通り))"
    r"|(?:通帳|キャッシュカード)の写真[^。?]{0,8}(?:送|添付|見せ))"
)
_NOT_ASKED = rule(
    r"変更|方法|登録|どこ|どう|(?<!すみ)ません(?!か)|ました|いただけれ|必要|不要|確認|以外|届|しないで"
    r"|間違|不備|通知|迷惑|画面|欄|追跡|伝票|注文|受付|型番|品番|管理|追って|手元|かけ(?:て|直)|フォーム|問い?合わ?せ番号"
    r"|製造|シリアル|窓口|お?電話(?:いただけ|ください|下さい|し)|返送先|お店の|そちらの|貴店|会社の|御社|出品者"
    r"|引き?落と?|教えな|伝えな|書かな|求め|聞かれ|言われ|教えても?(?:良|大丈夫)"
)
_DECLINED = rule(
    r"(?:でき|出来|いたし|致し|応じ|受け付けて?|行って|行な|使って|やって|して)(?:かね|ませ|な|おりませ|い(?:な|ませ))|お?断り|遠慮"
    r"|禁止|違反|規約|しないで|しないよう|しては(?:だめ|ダメ|いけ)|やめて|控え|持って(?:いま(?!すか)|お|な)|(?<![をは])使わな|使わない(?!で)|使いませ|怪し|怖|詐欺|不安"
    r"|通報|聞いてくる|聞かれ|誘[わい]|誘導|勧誘|言われ|求められ|頼まれ|迫られ|[持も]ちかけ|勧められ|届かな|来な|不可|したくな|したくあり"
    r"|なしで(?:す|お願)|おりません|不要"
)
_OFFERED = rule(
    r"ませんか(?!。)|(?:くれ|いただけ|もらえ|ください|し)ませんか|いかが|どうで(?:す|しょう)|ましょう|しても|してくれ|してほし|内緒|ないしょ"
    r"|でも(?:ok|いい|良い|大丈夫|可能)です|(?:が|けど|けれど)[^。?]{0,12}(?:なら|でき|可能|いい|ok)|けど|ですが|ないか|なら"
)
_REPORTED = rule(
    r"(?:と|って|という|を)[^。]{0,12}(?:言われ|誘われ|[持も]ちかけ(?:られ)?|求められ|迫られ|提案され|勧められ)(?:まし|た|て(?:困|怖|い))"
)


def find_wanted(reading: Reading) -> Iterator[tuple[str, int, int, str]]:
    """Yield what is asked for by its kind: its stretch of the plain text, without a value."""
    text = reading.squeezed.plain
    for rule_ in (_ASKED, _GIVEN):
        for found in rule_.finditer(text):
            if not _NOT_ASKED.search(text[max(found.start() - 8, 0) : found.end() + 12]):
                yield str(found.lastgroup), *reading.squeezed.span(found.start(), found.end()), ""


def is_declined(text: str, start: int, end: int) -> bool:
    """Say whether the rest of the sentence turns what was found down, or reports it, rather than offering it."""
    ends = [at for mark in "。?" if (at := text.find(mark, end - 1, end + 50)) >= 0]
    rest = text[start : min(ends, default=end + 50) + 1]
    is_refused = _DECLINED.search(rest) and not _OFFERED.search(rest)
    return bool(is_refused or _REPORTED.search(rest))
