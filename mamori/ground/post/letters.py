"""What stands on a letter: to whom, from whom, about which case, and how to answer without a computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.post.addresses import shown
from mamori.ground.post.audience import page_of, recipient
from mamori.ground.post.models import Letter
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE

_POSTAL = regex(r"^\s*〒?\s*(\d{3})\s*-?\s*(\d{4})\s*")
_DASHES = regex(r"(?<=\d)[‐‑‒–—―−ー－](?=\d)")
_WEEKDAYS = "月火水木金土日"

NUMBER = Text("受付番号", "Case number")
BY_PHONE = Text("お電話でのご相談・お返事", "To ask or answer by telephone")
SAY_NUMBER = Text("受付番号をお伝えください。", "Please have the case number ready.")
BY_PAGE = Text("インターネットでのお返事", "To answer on the internet")
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
        name=shown(reader.name),
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
    line = _DASHES.sub("-", normalize("NFKC", shown(written, most=300)))
    found = _POSTAL.match(line)
    return (f"{found[1]}-{found[2]}", line[found.end() :]) if found else ("", line)


def _passage(notice: outbox.NoticeFact, lang: Lang, why: Text) -> Passage:
    lines = notice.body[lang].split("\n")
    return Passage(
        lang=lang,
        title=shown(notice.title[lang], most=120),
        paragraphs=tuple(line for raw in lines if (line := shown(raw, most=4_000))),
        number_label=NUMBER.in_(lang),
        phone_label=BY_PHONE.in_(lang),
        phone_note=SAY_NUMBER.in_(lang),
        page_label=BY_PAGE.in_(lang),
        help_line=HELP_LINE.in_(lang),
        why_paper=why.in_(lang),
    )


def _date(at: datetime, lang: Lang) -> str:
    day = at.astimezone(JAPAN)
    if lang == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
    return f"{day:%A}, {day.day} {day:%B} {day.year}"
