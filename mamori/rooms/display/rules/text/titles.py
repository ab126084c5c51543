"""Names that stand in a display without a label: who runs the shop, who leads it, and what the shop is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.rooms.display.rules.text.contacts import ADDRESS, COMPANY, plain
from mamori.rooms.display.rules.text.labels import Aside
from mamori.rooms.display.rules.text.passages import Stretch

_RUN_BY = regex(
    r"(?:当(?:店|サイト|ショップ|社)|本(?:サイト|ショップ|店)|このサイト|(?:この|当店の)?通信販売|運営|販売(?:業者"
    r"|元)?|事業者)(?:は|を|の運営は|名は|：)、?\s?([^\s、。はがを]{2,30}(?: [^\s、。はがを]{1,10})?)(?:が運営"
    r"|が販売|によ(?:り|って)運営|です|が提供|と申します|の運営)"
    r"|([^\s、。はが]{2,30})が(?:運営|販売|提供)(?:して|する|いた|を行)|\b(?:operated|run|sold"
    r"|provided) by ([A-Z][^\n.,]{2,50})"
)
_LED_BY = regex(
    r"(?:代表(?:取締役|者|社員|理事)?(?:社長)?|(?:運営|販売|統括|通信販売|業務)*責任者|店長|店主)(?:の|は|：|、|\s"
    r"|を務める)*\s?([^\s、。はがを\d:：]{2,12}(?:[ \u3000][^\s、。はがを\d]{1,8})?)(?:です|が|と申|。|$"
    r"|でございます|より|（|\()"
    r"|(?:representative|ceo|president|person in charge|responsible)(?: director)?(?: is|:)? ([A-Z][a-z]+ [A-Z][a-z]+)",
    re.I,
)

_ASIDE = regex(r"[(（][^（）()\n]{0,80}[)）]")
_CALLED = regex(
    r"「([^「」]{2,24})」(?:です|と申|へよう|をご|の(?:店主|オーナー))|(?:店主|オーナー"
    r"|店長)の([^\s、。]{1,12}?)(?:です|と申)|([^\s、。]{2,16}先生)です"
)
_TITLE = regex(
    r"(?:の|、)?(?:特定商取引(?:に関する)?(?:法|法律)?|特商法|通信販売(?:法)?|通販)(?:に関する|に関して|に基づく"
    r"|のこと|法|について|にもとづく)*の?(?:表記|表示|記載|表|ページ|こと|法律)*|legal notice.*|notation based.*",
    re.I,
)
_HELLO = regex(
    r"^(?:やっほ.?|こんにちは|はじめまして|いらっしゃいませ)[^一-龠ァ-ヶぁ-んa-zA-Z]*|(?<=.{2})(?:です|だよ|でーす"
    r"|だよー)[^一-龠ァ-ヶぁ-んa-zA-Z]*$"
)
_NO_SHOP = regex(
    r"[。！!？?=＝]|ルール|きまり|おきて|送料|振込|カード|支払|発送|電話|返品|価格|ます|です|ください|について"
    r"|ガイド|ポリシー|会社概要|お知らせ|目次|ご利用|ご案内|cookie|利用|http|@|\d{2}|円|※|ません|home|注文|価格"
    r"|以下|policy|customers|こと$|に関|行為|通知|サンプル|表示|表記|法",
    re.I,
)


def shops(cut: list[Stretch]) -> Iterator[str]:
    """Yield names of the shop: below their label, in 「…」 of a sentence, or as a short line at the head or above an address."""
    yield from (one.text for one in cut if Aside.SHOP in one.items and one.text)
    words = [line for one in cut if not one.items for line in (one.head, *one.text.split("\n"))]
    lines = list(dict.fromkeys(name for line in words if (name := _bare(line))))
    for at, line in enumerate(lines[:40]):
        name = _HELLO.sub("", line) if at < 2 else line
        if (quoted := _CALLED.search(line)) is not None:
            yield next(group for group in quoted.groups() if group)
        follows = lines[at + 1] if at + 1 < len(lines) else ""
        if (at < 2 or ADDRESS.search(plain(follows))) and 2 <= len(name) <= 30 and not _NO_SHOP.search(name):
            yield name


def _bare(line: str) -> str:
    """Return a line without marks, and without words that only say what page this is."""
    return _TITLE.sub("", line).strip("　 ■◇◆★☆～~-|｜<>＜＞【】[]《》・:：の")


def named(line: str) -> str:
    """Return the words of a line that name who runs the shop."""
    line = _ASIDE.sub("", line[:2000])
    if (one := _RUN_BY.search(line)) is not None:
        return next(group for group in one.groups() if group)
    company = COMPANY.match(normalize("NFKC", line[:200]))
    return line if company and len(line) <= company.end() + 12 else ""


def led(line: str) -> str:
    """Return the words of a line that say who represents the shop or answers for it; "" where they say nobody."""
    found = _LED_BY.search(line)
    return found[0] if found else ""
