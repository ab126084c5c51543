"""What counts against a seller and until when, what it is asked and has to put right by which day, and what stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.doors.seller.lines import Finding
from mamori.grammar.text import Text
from mamori.ground.web.parts import Tone
from mamori.japan.spoken import spoken
from mamori.law.measures import CORRECTION
from mamori.rooms.enforcement import facts as enforcement

PATH, OPEN = "/seller/measures/", Text("措置のお知らせを開く", "Open the notices on measures")


def findings(ref: str, at: datetime) -> Iterator[Finding]:
    """Say what the seller is asked, what it has to put right, what stands, and the points that count."""
    yield from _asked(ref)
    for one in enforcement.standing(ref):
        yield _standing(one)
    yield _points(ref, at)


def _asked(ref: str) -> Iterator[Finding]:
    for one in enforcement.asked(ref):
        text = Text(
            "「{breach}」について、{due}までにご意見をお聞かせください。まだ何も決めていません。",
            "Please give your view on “{breach}” by {due}. Nothing has been decided.",
        )
        yield Finding(
            about=Text("ご意見の求め", "You are asked for your view"),
            tone=Tone.WARN,
            text=text.fill(breach=one.title, due=spoken(one.due_at)),
            path=f"{PATH}{one.case}/",
            link=Text("意見を述べる", "Give your view"),
        )


def _standing(one: enforcement.MeasureFact) -> Finding:
    if one.is_going:
        return Finding(about=one.title, tone=Tone.WARN, text=one.stands, path=PATH, link=OPEN)
    if one.is_provisional:
        text = Text(
            "判断が出るまで見えません。措置ではなく、点数も付いていません。ご意見や異議をお寄せください。",
            "Not shown until the decision. It is no measure and brings no points. Please give your view, or object.",
        )
    elif one.is_coming and one.starts_at is not None:
        text = Text(
            "予告しています。{start}に始まります。異議は、始まる前でも申し出られます。",
            "Announced: it begins {start}. You can appeal before it does.",
        ).fill(start=spoken(one.starts_at))
    elif one.ends_at is None:
        text = Text(
            "実施中です。終わりの定めはなく、見直しの日があります。",
            "In force; no end is set, and it is reviewed.",
        )
    elif one.kind == CORRECTION.code:
        text = Text("{end}までに直してください。", "Please put it right by {end}.").fill(
            end=spoken(one.ends_at)
        )
    else:
        text = Text("{end}に自動で終わります。", "It ends by itself {end}.").fill(end=spoken(one.ends_at))
    return Finding(about=one.title, tone=Tone.WARN, text=text, path=PATH, link=OPEN)


def _points(ref: str, at: datetime) -> Finding:
    about, record = Text("違反の点数", "Points for breaches"), enforcement.record(ref, at=at)
    counting = [one for one in record.strikes if one.ended_at is None and one.until > at]
    if not record.points or not counting:
        none = Text("現在の違反点数はありません。", "None count against you.")
        return Finding(about=about, tone=Tone.GOOD, text=none, path=PATH, link=OPEN)
    text = Text(
        "現在の違反点数は{points}点です。最後の点数は{until}に消えます。",
        "{points} count against you. The last of them go {until}.",
    )
    until = spoken(max(one.until for one in counting))
    return Finding(
        about=about, tone=Tone.WARN, text=text.fill(points=record.points, until=until), path=PATH, link=OPEN
    )
