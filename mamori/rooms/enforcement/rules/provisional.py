"""The reasons of a provisional hiding: that nothing is decided, why it could not wait, what comes next, where to object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.rooms.enforcement.rules.eu import EuDecision, fields
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.rules.statement import Part, Statement, alleged, found_by

BASIS = Text("根拠：{basis}", "Basis: {basis}")
CLAUSE = Text("根拠：{basis}第{version}版", "Basis: {basis}, version {version}")
MEANING = Text(
    "暫定非表示：判断が出るまで商品を見えなくします（対象：{target}）。措置ではなく、まだ何も決めていません。",
    "Provisional hiding: the listing is not shown until the decision (it touches: {target}). It is no measure, and nothing has "
    "been decided.",
)
POINTS = Text(
    "点数：付いていません。付くのは、この件で措置を決めたときだけで、決めた日から数えます。",
    "Points: none. They come only with a measure on this matter, and count from the day of that decision.",
)
TIME = Text(
    "開始：{begin}。終わり：時間では終わらず、この件の判断で終わります。",
    "It began {begin}. No time ends it: the decision on this matter does.",
)
HEARD = Text("ご意見を{due}まで待ち、", " Your view is awaited until {due};")
NEXT = Text(
    "このあと：責任者か法務担当が{hours}をめどに、続けるか解くかを確かめます。{heard}人が判断します。"
    "措置を決めればその理由をお知らせし、決めなければ表示に戻します。",
    "What comes next: a lead or counsel looks, as a rule within {hours}, whether it stays.{heard} a person decides. "
    "Either a measure is decided on and you are told why, or the listing is shown again.",
)
OBJECTING = Text(
    "異議：この画面の「ご意見」からお寄せください。届くと責任者に知らせます。費用はかかりません。"
    "措置を決めたときは、その措置への異議も申し出られます。",
    "To object: give your view on this page; the leads are told of it. It is free of charge. If a measure is decided on, "
    "you can appeal against that, too.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """All that the reasons of a provisional hiding are made of; `because` is why it could not wait, `eu` its fields there."""

    breach: str
    facts: tuple[Text, ...]
    because: Text
    source: Source
    automated: bool
    target: str
    basis: Text
    clause_version: int
    starts_at: datetime
    view_due_at: datetime
    look_within: Text
    eu: EuDecision


def hidden(given: Hidden) -> Statement:
    """Write the reasons of a provisional hiding: that nothing is decided, why, what happens next, and where to object."""
    return Statement(parts=tuple(_hidden(given)), dsa=fields(given.eu))


def _hidden(given: Hidden) -> Iterator[Part]:
    yield from alleged(given.breach, given.facts)
    yield Part(
        about="danger",
        text=Text(f"待てなかった理由：{given.because.ja}", f"Why it could not wait: {given.because.en}"),
    )
    rests = CLAUSE if given.clause_version else BASIS
    yield Part(about="basis", text=rests.fill(basis=given.basis, version=given.clause_version))
    yield Part(about="measure", text=MEANING.fill(target=given.target))
    yield Part(about="points", text=POINTS)
    yield Part(about="time", text=TIME.fill(begin=spoken(given.starts_at)))
    is_heard = given.view_due_at > given.starts_at
    heard = HEARD.fill(due=spoken(given.view_due_at)) if is_heard else ""
    yield Part(about="next", text=NEXT.fill(hours=given.look_within, heard=heard))
    yield Part(about="appeal", text=OBJECTING)
    yield from found_by(automated=given.automated, source=given.source)
