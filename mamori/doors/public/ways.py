"""The one question of the first page, what happened, and where each answer leads."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.law.roads import HOTLINE, OVERSEAS, POLICE, Road


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """What somebody may answer, what then happens, and the address at which it begins."""

    happened: Text
    then: Text
    to: str


WAYS = (
    WayIn(
        happened=Text("買った物で困っている", "Something is wrong with what I bought"),
        then=Text(
            "届かない、壊れている、説明と違う、返事がない。伝えると出品者に届き、返事がなければ窓口が間に入ります。3分ほどです。",
            "It did not come, is broken or not as described, or the seller is silent. It reaches the seller, and the centre "
            "steps in if no answer comes. About three minutes.",
        ),
        to="/report/",
    ),
    WayIn(
        happened=Text(
            "危ない・おかしい商品や店を見つけた", "I found goods or a shop that seem dangerous or wrong"
        ),
        then=Text(
            "買っていなくても、名乗らなくても報告できます。だれが報告したかは、出品者に伝わりません。",
            "Anybody can report it, without having bought and without a name. The seller never learns who did.",
        ),
        to="/complaints/",
    ),
    WayIn(
        happened=Text("買う前に聞きたい", "I have a question before I buy"),
        then=Text(
            "商品や配送について、出品者に聞けます。アカウントがなくても、メールアドレスがあれば聞けます。",
            "Ask the seller about goods or shipping. Without an account a mail address will do.",
        ),
        to="/ask/",
    ),
    WayIn(
        happened=Text("返品・取消しを正式に通知したい", "I want to declare a return or a cancellation"),
        then=Text(
            "そのままの文面で出品者に届け、届いた時刻の記録を残します。",
            "It reaches the seller as you wrote it, and when it arrived is kept.",
        ),
        to="/notices/new/",
    ),
    WayIn(
        happened=Text("出品者がだれかを知りたい", "I have to know who the seller is"),
        then=Text(
            "お金を求めるために名前や住所が要るとき、法律により開示を請求できることがあります。",
            "When you claim money and need a name or an address for it, the law may let you ask for them.",
        ),
        to="/disclosure/",
    ),
    WayIn(
        happened=Text("前に伝えたことの続き", "I want to go on with what I told before"),
        then=Text("回答を読む、書き足す、解決したと伝える。", "Read answers, write, say that it is solved."),
        to="/threads/",
    ),
)
ELSEWHERE: tuple[Road, ...] = (HOTLINE, POLICE, OVERSEAS)
"""Neighbours that are right where this house is not."""
