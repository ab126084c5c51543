"""What stands on a letter, and how letters and other papers are set as accessible PDF with typst; values are data, no markup."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import normalize

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.post.audience import page_of, recipient
from mamori.ground.post.models import Letter
from mamori.ground.post.transports import address_shown
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE

GAP = "□"
LEVELS = 4
"""How often less is asked of the fonts: every script, all of Han, the Japanese standards, the oldest of them."""
ENDLESS = regex(r"\S{500}(?=\S{500})")

_NAMED = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "LATIN ", "GREEK ", "CYRILLIC ")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def legible(value: Any, level: int) -> Any:
    """Return a JSON-ready value in which each text holds only what a font of this level shows, from 0 to LEVELS - 1.

    Lines stay lines.  What has no width of its own (marks of direction, joiners, selectors) is left out, and what goes on
    very long without a blank may be broken: no standard lets a line be longer than 32,767 bytes.
    """
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        shown = composed.translate({ord(sign): _sign(sign, level) for sign in set(composed)})
        return ENDLESS.sub(lambda run: f"{run[0]}\u200b", shown)
    if isinstance(value, dict):
        return {name: legible(one, level) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [legible(one, level) for one in value]
    return value


def _sign(sign: str, level: int) -> str:
    if sign in "\n\t" or " " <= sign <= "~":
        return sign
    if sign == "\r" or unicodedata.category(sign) == "Cf" or any(ord(sign) in one for one in _SELECTORS):
        return ""
    if unicodedata.category(sign) == "Zs" and sign != "\u3000":
        return " "
    return sign if _is_held(sign, level) else GAP


def _is_held(sign: str, level: int) -> bool:
    if unicodedata.category(sign)[0] == "C":
        return False
    if level == 0:
        return True
    if unicodedata.category(sign)[0] == "M":
        return False
    if level == 1 and unicodedata.name(sign, "").startswith(_NAMED):
        return True
    codes = ("shift_jis",) if level == LEVELS - 1 else ("cp932", "euc_jis_2004")
    return any(_encodes(sign, code) for code in codes)


def _encodes(sign: str, code: str) -> bool:
    try:
        sign.encode(code)
    except UnicodeEncodeError:
        return False
    return True


# What stands on a letter: to whom, from whom, about which case, and how to answer without a computer.


_POSTAL = regex(r"^\s*〒?\s*(\d{3})\s*-?\s*(\d{4})\s*")
_DASHES = regex(r"(?<=\d)[‐‑‒–—―−ー－](?=\d)")
_WEEKDAYS = "月火水木金土日"

NUMBER = Text("受付番号", "Case number")
BY_PHONE = Text("お電話でのご相談・お返事", "To ask or answer by telephone")
SAY_NUMBER = Text("受付番号をお伝えください。", "Please have the case number ready.")
HELP_LINE = Text(
    "お困りのときは、消費生活センター（電話188）にもご相談いただけます。",
    "You can also ask a consumer affairs centre for help (telephone 188).",
)
WHY_PAPER = Text(
    "メールアドレスの登録がないか、届かないため、手紙でお知らせしています。",
    "We write on paper because we have no mail address of yours that works.",
)
WHY_BOTH = Text(
    "大切なお願いのため、メールのほかに手紙でもお知らせしています。",
    "As this is important, we write on paper as well as by mail.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a letter says in one language."""

    lang: Lang
    title: str
    paragraphs: tuple[str, ...]
    number_label: str
    phone_label: str
    phone_note: str
    page_label: str
    help_line: str
    why_paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """A letter, ready to be set."""

    number: int
    case: str
    postal_code: str
    address: str
    name: str
    operator: str
    operator_postal_code: str
    operator_address: str
    phone: str
    page: str
    date: str
    passages: tuple[Passage, ...]


def letter_sheet(letter: Letter, at: datetime) -> LetterSheet:
    """Return what stands on a letter that is printed at `at`."""
    notice = outbox.notices_by_number([letter.notice_id])[letter.notice_id]
    reader = recipient(letter.to, at)
    languages = reader.languages
    code, address = postal(reader.address)
    own_code, own_address = postal(terms.setting(OPERATOR_ADDRESS, at=at))
    digits = str(notice.values.get("number", ""))
    return LetterSheet(
        number=letter.pk,
        case=f"{digits[:4]} {digits[4:]}" if len(digits) >= 8 else digits,
        postal_code=code,
        address=address,
        name=address_shown(reader.name),
        operator=terms.operator_name(languages[0], at=at),
        operator_postal_code=own_code,
        operator_address=own_address,
        phone=terms.setting(OPERATOR_PHONE, at=at),
        page=page_of(letter.to, notice.about),
        date=_date(at, languages[0]),
        passages=tuple(_passage(notice, lang, WHY_BOTH if reader.mail else WHY_PAPER) for lang in languages),
    )


def postal(written: str) -> tuple[str, str]:
    """Return the postal code as 123-4567, empty where there is none, and the address without it."""
    line = _DASHES.sub("-", normalize("NFKC", address_shown(written, most=300)))
    found = _POSTAL.match(line)
    return (f"{found[1]}-{found[2]}", line[found.end() :]) if found else ("", line)


def _passage(notice: outbox.NoticeFact, lang: Lang, why: Text) -> Passage:
    lines = notice.body[lang].split("\n")
    return Passage(
        lang=lang,
        title=address_shown(notice.title[lang], most=120),
        paragraphs=tuple(line for raw in lines if (line := address_shown(raw, most=4_000))),
        number_label=NUMBER.in_(lang),
        phone_label=BY_PHONE.in_(lang),
        phone_note=SAY_NUMBER.in_(lang),
        page_label=Text("インターネットでのお返事", "To answer on the internet").in_(lang),
        help_line=HELP_LINE.in_(lang),
        why_paper=why.in_(lang),
    )


def _date(at: datetime, lang: Lang) -> str:
    day = at.astimezone(JAPAN)
    if lang == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


# Letters and other papers set as accessible PDF with typst, which the extra `letters` brings; values are data, never markup.


SOURCE = Path(__file__).with_name("letter.typ")
FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDPGothic",
    "BIZ UDGothic",
    "IPAexGothic",
    "IPAGothic",
    "Noto Serif CJK JP",
)
"""Fonts that hold Japanese, the best first."""
LACKS = "could not be displayed with font"
"""So typst says that a font lacks a sign where the standard forbids that."""


class TypstMissing(Refusal, code="post.typst-missing", status=424):
    """Given when the extra for letters is not installed."""

    text = Text(
        "手紙を作る部品がありません。導入したときの `uv sync` に `--extra letters` を足して、もう一度実行してください。",
        "What sets letters is not installed. Run the `uv sync` that installed the program again, with `--extra letters` added.",
    )


class FontMissing(Refusal, code="post.font-missing", status=424):
    """Given when no font with Japanese letters is found."""

    text = Text(
        "日本語の書体が見つかりません。`apt install fonts-noto-cjk` で入れるか、"
        "書体のフォルダーを MAMORI_FONTS に指定してください。",
        "No font with Japanese letters is found. Install one with `apt install fonts-noto-cjk`, or name a folder of fonts in "
        "MAMORI_FONTS.",
    )


def pdf(sheet: LetterSheet, *, at: datetime) -> bytes:
    """Return the letter as PDF/UA-1: titled, tagged, its languages named, its font inside."""
    return typeset(SOURCE, {"letter": asdict(sheet)}, at=at, standards=("ua-1",))


def typeset(
    source: Path,
    values: Mapping[str, Any],
    *,
    at: datetime,
    standards: Sequence[str],
    files: Mapping[str, str] | None = None,
) -> bytes:
    """Return a PDF set by a template from JSON-ready values and whole files, each under its name in `sys.inputs`.

    A sign that the font lacks stands as a square; the files go in as they are.
    """
    typst = _typst()
    folder = settings.MAMORI_FONTS
    fixed = {"font": _font(folder), **(files or {})}
    for level in range(LEVELS):
        told = {name: json.dumps(legible(one, level), ensure_ascii=False) for name, one in values.items()}
        try:
            made: bytes = typst.compile(
                source.read_bytes(),
                sys_inputs=fixed | told,
                font_paths=[folder] if folder else [],
                pdf_standards=list(standards),
                timestamp=at.replace(microsecond=0),
            )
        except typst.TypstError as fault:
            if LACKS not in str(fault):
                raise
        else:
            return made
    raise FontMissing


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError:
        raise TypstMissing from None


@lru_cache(maxsize=4)
def _font(folder: str) -> str:
    known = set(_typst().Fonts(font_paths=[folder] if folder else []).families())
    for font in FONTS:
        if font in known:
            return font
    raise FontMissing
