"""What who asks wrote in words of its own, and how it asks."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from mamori.grammar.text import Text
from mamori.rooms.disclosure.rules.facts import Signal


class CameBy(StrEnum):
    """By which way a request came; the Act lets it come by a letter, a mail or a form."""

    PAGE = "page"
    LETTER = "letter"
    MAIL = "mail"
    CAA_FORM = "caa_form"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CHANNELS[self]


_CHANNELS = {
    CameBy.PAGE: Text("この通販サイトのページ", "by this marketplace's page"),
    CameBy.LETTER: Text("書面（郵送）", "by letter"),
    CameBy.MAIL: Text("電子メール", "by mail"),
    CameBy.CAA_FORM: Text("消費者庁の開示請求書式", "on the Consumer Affairs Agency's form"),
}


class RequestSaid(msgspec.Struct, frozen=True, kw_only=True):
    """Words of who asks: why it has to be confirmed, what the rest of the sum is, and for a letter a name and where to reply."""

    why: str = ""
    other: str = ""
    name: str = ""
    address: str = ""
    more: str = ""


_SIGNS: Final = {
    Signal.PUBLISHING: "晒 さらし さらす 拡散 公開して 公表して ネットに書 ネットに載 SNSに 口コミに書 expose",
    Signal.THREAT: "殺す 殺して ただでは済 覚悟しろ ぶっ 後悔させ 痛い目 家に火 思い知らせ 仕返し revenge",
    Signal.STALKING: "会いたい 好きだ 好きになっ 元妻 元夫 元彼 元カノ どこに住んで 引っ越し先 待ち伏せ 顔が見たい",
    Signal.COMPETITOR: "同業 競合 ライバル 仕入れ先を知 competitor rival",
}
"""Beginnings of words at which a person should look; Japanese is matched anywhere, English without regard to case."""


def signs_in(words: str) -> Iterator[Signal]:
    """Yield what in these words leads to counsel; a word proves nothing, and its absence neither."""
    plain = words.casefold()
    for signal, signs in _SIGNS.items():
        if any(sign.casefold() in plain for sign in signs.split()):
            yield signal
