"""Checks of what it takes to relay other people's messages: the notification, and what a machine may look at."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.law.settings import SCANNING, TELECOM_NUMBER
from mamori.site.checks.finding import Found, Level


def notification(at: datetime) -> Found:
    """Ask for the number of the notification as a telecommunications business; without it nothing stops."""
    number = terms.setting(TELECOM_NUMBER, at=at)
    if number:
        told = Text("電気通信事業の届出番号：{number}", "notified as a telecommunications business: {number}")
        yield Level.GOOD, told.fill(number=number)
        return
    told = Text(
        "購入者と出品者のやり取りを取り次ぐには、電気通信事業の届出が要るとされています。"
        "済んでいれば `mamori set {code} 番号` で控え、まだなら総務省の窓口に確かめてください。",
        "To relay messages between buyers and sellers is held to need a notification as a telecommunications business. "
        "If it is done, note it with `mamori set {code} NUMBER`; if not, please ask the Ministry of Internal Affairs.",
    )
    yield Level.LOOK, told.fill(code=TELECOM_NUMBER.code)


def scanning(at: datetime) -> Found:
    """Say in which mode a machine looks at what parties write."""
    chosen = SCANNING.words[SCANNING.among.index(terms.setting(SCANNING, at=at))]
    told = Text(
        "やり取りの連絡先や誘いを機械で確かめる：{chosen}", "a machine looks at what parties write: {chosen}"
    )
    yield Level.GOOD, told.fill(chosen=chosen)
