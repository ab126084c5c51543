"""How a notice becomes a mail: text and sober HTML, Japanese, English or both, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from unicodedata import east_asian_width

from django.conf import settings
from django.template.loader import render_to_string

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.ground.outbox.facts import MASK, NoticeFact, NoticeState
from mamori.ground.post.audience import Recipient, page_of
from mamori.ground.post.transports import Mailbox, NoSender, Sender, address_shown, sender
from mamori.ground.terms import facts as terms
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE

COLUMNS = 76
_NOT_FIRST = (
    "、。，．・：；？！）］｝」』】〕〉》ゝ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ)]},.:;?!％"
)
_COUNTED = "年月日時分秒円件回通名歳本個%"
"""A figure and what it counts stay together."""
_NOT_LAST = "（［｛「『【〔〈《([{"
_PIECE = regex(r"[ \t]+|[!-~]+|.", re.DOTALL)


def width(words: str) -> int:
    """Return how many columns the words take."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in words)


@lru_cache(maxsize=256)  # what stands under every mail is the same
def wrap(words: str, columns: int = COLUMNS) -> str:
    """Break each line at a word, or between full-width signs where Japanese writing allows it.

    A word that is longer than a line, such as an address of a page, stands whole on a line of its own.
    """
    return "\n".join(line for paragraph in words.split("\n") for line in _lines(paragraph, columns))


def _lines(paragraph: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(paragraph):
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(paragraph: str) -> list[str]:
    """Cut where a line may end; a sign that may not begin a line stays with the one before it."""
    pieces: list[str] = []
    for piece in _PIECE.findall(paragraph):
        last = pieces[-1][-1] if pieces else " "
        counts = last.isdigit() and piece[0] in _COUNTED
        keeps = not last.isspace() and (counts or piece[0] in _NOT_FIRST or last in _NOT_LAST)
        if keeps:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


MOST_IN_BODY = 4_000
_URL = regex(r"(https?://[!-~]+)")

NO_REPLY = Text(
    "このメールは送信専用です。返信いただいてもお読みできません。",
    "This mail cannot receive answers: nobody reads what is sent back to it.",
)
ANSWER_THERE = Text("お返事は、次のページからお願いします。", "Please answer on this page:")
ANSWER_AT_MARKET = Text(
    "お返事は、通販サイトにサインインしてお願いします。",
    "Please sign in on the marketplace's site to answer.",
)
OPEN_PAGE = Text("ページを開く", "Open the page")
NUMBER = Text("受付番号", "Case number")
BY_PHONE = Text("お電話でのご相談", "By telephone")
SAY_NUMBER = Text("受付番号をお伝えください。", "Please have the case number ready.")
ASKED_FOR = Text(
    "ご案内を希望された方にお送りしています。受信の停止は次のページから、いつでもできます。",
    "You get this because you asked for such mail. You can stop it at any time on this page:",
)
STOP = Text("受信を停止する", "Stop such mail")
DEAR = Text("{name} 様", "Dear {name},")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one notice says to one reader, apart from how it travels."""

    notice: NoticeFact
    reader: Recipient
    secret: str
    page: str
    stop: str
    operator: str
    phone: str
    address: str

    @property
    def languages(self) -> tuple[Lang, ...]:
        """Return the languages that it is written in, the reader's own first."""
        return self.reader.languages

    @property
    def number(self) -> str:
        """Return the case number in two groups, as it is read aloud; empty where there is none."""
        digits = str(self.notice.values.get("number", ""))
        return f"{digits[:4]} {digits[4:]}" if digits.isdigit() and len(digits) >= 8 else digits

    @property
    def is_answered_there(self) -> bool:
        """Say whether it is about a matter: a sign-in code asks for no answer."""
        return bool(self.number)

    def title(self, lang: Lang) -> str:
        """Return the title in a language, in one line."""
        return address_shown(self._filled(self.notice.title[lang]), most=120)

    def paragraphs(self, lang: Lang) -> list[str]:
        """Return the body in a language."""
        body = self._filled(self.notice.body[lang])[:MOST_IN_BODY]
        return [line for raw in body.split("\n") if (line := address_shown(raw, most=MOST_IN_BODY))]

    def dear(self, lang: Lang) -> str:
        """Return how the reader is greeted, empty where no name is known."""
        name = address_shown(self.reader.name)
        return DEAR.in_(lang).replace("{name}", name) if name else ""

    def _filled(self, words: str) -> str:
        return words.replace(MASK, self.secret) if self.secret else words


def compose(sheet: Sheet, *, message_id: str, sender: Sender, to: Mailbox, at: datetime) -> bytes:
    """Return the mail as it goes over the wire; composed again it is the same to the byte."""
    policy = SMTPUTF8 if to.needs_utf8 else SMTP
    message = EmailMessage(policy=policy)
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(at)
    message["From"] = _address(sender.name, sender.mailbox)
    message["To"] = _address(address_shown(sheet.reader.name), to)
    message["Subject"] = " / ".join(sheet.title(lang) for lang in sheet.languages)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    # One id for all mails of a matter to one domain, so that mail programs show them together.
    domain = message_id.rpartition("@")[2].rstrip(">")
    message["References"] = f"<{sha256(sheet.notice.about.encode()).hexdigest()[:32]}@{domain}>"
    if sheet.notice.kind == NoticeKind.ADVERTISING:
        message["List-Unsubscribe"] = f"<{sheet.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text_of(sheet), charset="utf-8")
    message.add_alternative(html_of(sheet), subtype="html", charset="utf-8")
    message["Content-Language"] = ", ".join(
        sheet.languages
    )  # after the content, which clears what is said of it
    message.set_boundary(f"=_{sha256(message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def text_of(sheet: Sheet) -> str:
    """Return the mail as plain text, in lines of at most 76 columns."""
    parts = [_text_in(sheet, lang) for lang in sheet.languages]
    return ("\n\n" + "-" * 40 + "\n\n").join(parts) + "\n"


def html_of(sheet: Sheet) -> str:
    """Return the mail as HTML: nothing is fetched from anywhere, and dark mode may turn its colours round."""
    parts = [
        {
            "lang": lang,
            "title": sheet.title(lang),
            "dear": sheet.dear(lang),
            "paragraphs": [_linked(paragraph) for paragraph in sheet.paragraphs(lang)],
            "words": {name: text.in_(lang) for name, text in _WORDS.items()},
        }
        for lang in sheet.languages
    ]
    return render_to_string("post/mail.html", {"sheet": sheet, "parts": parts})


_WORDS = {
    "no_reply": NO_REPLY,
    "answer_there": ANSWER_THERE,
    "answer_at_market": ANSWER_AT_MARKET,
    "open_page": OPEN_PAGE,
    "number": NUMBER,
    "by_phone": BY_PHONE,
    "say_number": SAY_NUMBER,
    "asked_for": ASKED_FOR,
    "stop": STOP,
}


def _text_in(sheet: Sheet, lang: Lang) -> str:
    blocks = [sheet.title(lang), sheet.dear(lang), *sheet.paragraphs(lang)]
    if sheet.is_answered_there:
        there = f"{ANSWER_THERE.in_(lang)}\n{sheet.page}" if sheet.page else ANSWER_AT_MARKET.in_(lang)
        blocks.append(f"{NUMBER.in_(lang)}: {sheet.number}\n{there}")
    foot = [NO_REPLY.in_(lang)]
    if sheet.phone:
        say = f" {SAY_NUMBER.in_(lang)}" if sheet.number else ""
        foot.append(f"{BY_PHONE.in_(lang)}: {sheet.phone}{say}")
    if sheet.stop:
        foot += [ASKED_FOR.in_(lang), sheet.stop]
    foot += [line for line in (sheet.operator, sheet.address if sheet.stop else "") if line]
    blocks.append("-- \n" + "\n".join(foot))
    return "\n\n".join(
        wrap(block) if not block.startswith("-- ") else f"-- \n{wrap(block[4:])}" for block in blocks if block
    )


def _linked(paragraph: str) -> list[tuple[str, bool]]:
    """Cut a paragraph into words and addresses of our own pages; no other address becomes a link."""
    pieces = _URL.split(paragraph)
    return [(piece, piece.startswith(f"{settings.ORIGIN}/")) for piece in pieces if piece]


def _address(name: str, box: Mailbox) -> Address:
    return Address(display_name=name, username=box.local, domain=box.domain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A mail as it reads in one language."""

    lang: Lang
    subject: str
    text: str


def specimens(
    template: Template, values: Mapping[str, Text], *, to: str, name: str, about: str, at: datetime
) -> tuple[Specimen, ...]:
    """Return the mail to somebody of this name in Japanese and in English, word by word as it will be sent."""
    title, body = template.title.fill(**values), template.body.fill(**values)
    notice = NoticeFact(
        number=0,
        to=to,
        template=template.code,
        kind=template.kind,
        title={"ja": title.ja, "en": title.en},
        body={"ja": body.ja, "en": body.en},
        values={},
        about=about,
        at=at,
        until=None,
        state=NoticeState.KEPT,
    )
    phone, address = terms.setting(OPERATOR_PHONE, at=at), terms.setting(OPERATOR_ADDRESS, at=at)
    sheets = {
        lang: Sheet(
            notice=notice,
            reader=Recipient(who=to, name=name, language=lang),
            secret="",
            page=page_of(to, about),
            stop="",
            operator=terms.operator_name(lang, at=at) or _sender_name(),
            phone=phone,
            address=address,
        )
        for lang in _LANGUAGES
    }
    return tuple(
        Specimen(lang=lang, subject=sheet.title(lang), text=text_of(sheet)) for lang, sheet in sheets.items()
    )


_LANGUAGES: tuple[Lang, ...] = ("ja", "en")


def _sender_name() -> str:
    try:
        return sender(settings.MAMORI_MAIL_FROM).name
    except NoSender:
        return ""
