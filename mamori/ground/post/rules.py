"""By which channels a notice goes, and whether a template keeps to its kind: decisions as pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text

LINES = 6
"""A body longer than this many lines of a phone is not read."""
LINE = {"ja": 40, "en": 80}

_SELLING = {
    "ja": "セール 割引 割り引き クーポン お得 おトク 特典 キャンペーン ぜひ 限定 今だけ 先着 ポイント進呈 プレゼント "
    "おすすめ オススメ お買い得 値下げ 送料無料 新商品 大好評 人気商品 チャンス お見逃しなく",
    "en": "discount discounts offer offers coupon coupons sale bargain deal deals promotion promotions promo exclusive "
    "hurry free gift limited-time newsletter recommend recommended save upgrade bestseller",
}
PROMOTION = {lang: tuple(words.split()) for lang, words in _SELLING.items()}
"""Words that sell.  “free of charge” does not: it says that help costs nothing."""
_NO_PROMOTION = {
    "en": regex(r"free of charge", re.I),
    "ja": regex(r"ご限定は|本人限定|個人情報に限定"),
}

NEXT = {
    "ja": regex(
        r"ください|いただけます|お待ち|できます|不要|仲介します|お寄せ|お申し出|終えます|お知らせします|お手伝いします"
    ),
    "en": regex(
        r"\b(please|you can|you may|you need|ha(s|ve) to|we will|the centre (helps|will)|nothing (to do|needs to be done))\b",
        re.I,
    ),
}
BASIS = {
    "ja": regex(r"第[^、。]{1,12}条|条項|規約|法律|法令|(?<![方手])法(?=に|第|上)|根拠|告示"),
    "en": regex(r"\b(clause|terms|Act|law|ground|rule|notice no)\b", re.I),
}
PHONE = regex(r"\{phone\}|188|電話|telephone|\bcall\b", re.I)
NUMBERLESS = (
    "people.",
    "operator.",
    "terms.",
    "identity.",
    "display.",
    "payouts.",
    "outreach.",
    "complaints.counsellor_",
    "disclosure.jomc_",
    "contact.question_code",
)
"""Codes of templates on an account, the terms, a display, a payout of its own number, the house, a page elsewhere or
a question that a code has yet to prove: no case number to say."""


def ways(
    wish: str,
    *,
    kind: NoticeKind,
    is_secret: bool,
    is_within: bool = False,
    has_webhook: bool,
    has_mail: bool,
) -> tuple[bool, bool]:
    """Decide whether a notice goes by webhook, and whether by mail.

    `auto` takes the webhook where somebody takes notices there, otherwise mail where mail is set up.  A warning about
    safety takes every way that there is, a secret goes to its reader alone, and what stays within goes by mail, whatever was
    chosen.
    """
    if is_secret:
        return False, has_mail
    if is_within:
        return False, has_mail or wish in ("mail", "both")
    if kind is NoticeKind.SAFETY:
        return has_webhook, has_mail or wish in ("mail", "both")
    if wish == "auto":
        return has_webhook, has_mail and not has_webhook
    return has_webhook and wish in ("webhook", "both"), wish in ("mail", "both")


def faults(template: Template) -> Iterator[str]:
    """Say how a template breaks the rules of its kind."""
    for lang in ("ja", "en"):
        title, body = template.title.in_(lang), template.body.in_(lang)
        if template.kind is not NoticeKind.ADVERTISING:
            yield from (f"{lang}: it promotes with “{word}”" for word in _promoting(f"{title}\n{body}", lang))
            if not NEXT[lang].search(body):
                yield f"{lang}: it does not say what happens next or what to do"
        if template.kind in (NoticeKind.LEGAL, NoticeKind.SAFETY) and not (
            BASIS[lang].search(body) or PHONE.search(body)
        ):
            yield f"{lang}: it names neither its basis nor a telephone number"
        if sum(-(-len(line) // LINE[lang]) for line in body.split("\n")) > LINES:
            yield f"{lang}: it is longer than {LINES} lines"
        if "\n" in title:
            yield f"{lang}: its title has more than one line"
    if _places(template.title, "ja") != _places(template.title, "en"):
        yield "its titles fill different places"
    if _places(template.body, "ja") != _places(template.body, "en"):
        yield "its bodies fill different places"
    if not template.code.startswith(NUMBERLESS) and "number" not in _places(template.body, "ja"):
        yield "it does not give the case number"


def promoting(words: str) -> tuple[str, ...]:
    """Return the words that sell in what somebody wrote, in either language."""
    return (*_promoting(words, "ja"), *_promoting(words, "en"))


def _promoting(words: str, lang: Lang) -> list[str]:
    words = _NO_PROMOTION[lang].sub("", words)
    if lang == "ja":
        return [word for word in PROMOTION["ja"] if word in words]
    said = set(re.findall(r"[a-z-]+", words.lower()))
    return [word for word in PROMOTION["en"] if word in said]


def _places(text: Text, lang: Lang) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text.in_(lang)) if name}
