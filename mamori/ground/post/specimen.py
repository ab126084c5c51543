"""What a notice will read like as a mail, before it is sent to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.grammar.declaration import Template
from mamori.grammar.text import Lang, Text
from mamori.ground.outbox.facts import NoticeFact, NoticeState
from mamori.ground.post.audience import Recipient, page_of
from mamori.ground.post.composing import Sheet, text_of
from mamori.ground.post.transports import NoSender, sender
from mamori.ground.terms import facts as terms
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_PHONE


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
