"""The page that tells a seller plainly what is fine and what is missing, composed from what rooms and ground know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.seller import clearance, identity, measures, payouts, terms
from mamori.doors.seller.lines import Finding
from mamori.grammar.hand import SELLERS
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.people import facts as people
from mamori.ground.web.access import open_to
from mamori.ground.web.parts import Tone
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import QUARTER, InTime

TERMS = Text("規約", "Terms")
FEW = 5
"""Of fewer answers no share is told: one missed would look like a habit."""
GOOD_SHARE = 95


@open_to(*SELLERS)
def health(request: Visit) -> HttpResponse:
    """Show what is fine and what is missing."""
    ref = hand_of(request).whose.removeprefix("seller:")
    found = tuple(findings(ref, request.received_at))
    shown = {
        "findings": found,
        "doings": clearance.doings(ref, request.received_at),
        "wrong": [one for one in found if one.tone is not Tone.GOOD],
        "registered": contact.registered(ref),
        "unshown": contact.unshown(ref),
        "in_time": contact.IN_TIME,
    }
    return render(request, "seller/health.html", shown)


def findings(ref: str, at: datetime) -> Iterator[Finding]:
    """Say how the seller stands, what concerns buyers first."""
    yield from _contacts(ref)
    yield from identity.findings(ref, at)
    yield from payouts.findings(ref)
    yield from _work(ref, at)
    yield from measures.findings(ref, at)
    yield from _terms(ref, at)


def _contacts(ref: str) -> Iterator[Finding]:
    about = Text("購入者に見せる連絡先", "Contacts shown to buyers")
    missing = contact.registered(ref)
    seller = market.seller(ref)
    if missing.missing:
        text = Text(
            "登録されていません：{what}。通販サイトの出品者情報で登録してください。",
            "Not registered: {what}. Please register it with the marketplace.",
        )
        yield Finding(about=about, tone=Tone.BAD, text=text.fill(what=missing.missing_text))
    else:
        yield Finding(about=about, tone=Tone.GOOD, text=Text("そろっています。", "Complete."))
    reachable = seller is not None and seller.contact.is_reachable
    yield Finding(
        about=Text("お知らせの届け先", "Where notices reach you"),
        tone=Tone.GOOD if reachable else Tone.BAD,
        text=Text("メールか電話が登録されています。", "A mail address or telephone number is registered.")
        if reachable
        else Text(
            "メールも電話も登録されていません。回答の催促が届きません。",
            "Neither mail address nor telephone number is registered, so no urging reaches you.",
        ),
    )


def _work(ref: str, at: datetime) -> Iterator[Finding]:
    found = contact.health(ref, at)
    if found.wrong_numbers:
        yield Finding(
            about=Text("電話番号", "Telephone"),
            tone=Tone.BAD,
            text=Text(
                "登録の電話番号{all}件のうち{wrong}件が、つながらない番号でした。正しい番号を登録してください。",
                "{wrong} of {all} registered numbers did not reach you. Please register the right one.",
            ).fill(all=found.numbers, wrong=found.wrong_numbers),
        )
    owed = Text("待っている購入者", "Buyers who wait for you")
    inbox = Text("受信箱を開く", "Open the inbox")
    if found.late:
        text = Text(
            "{late}件が期限を過ぎています（あなたの番{owed}件）。",
            "{late} are overdue ({owed} wait for you).",
        )
        text = text.fill(late=found.late, owed=found.owed)
        yield Finding(about=owed, tone=Tone.BAD, text=text, path="/seller/", link=inbox)
    elif found.owed:
        text = Text("{owed}件があなたの番です。", "{owed} wait for you.").fill(owed=found.owed)
        yield Finding(about=owed, tone=Tone.WARN, text=text, path="/seller/", link=inbox)
    else:
        text = Text("いません（進行中{open}件）。", "Nobody ({open} open).").fill(open=found.open)
        yield Finding(about=owed, tone=Tone.GOOD, text=text)
    yield _share(Text("期限までの回答（今月）", "Answers in time, this month"), found.month)
    yield _share(
        Text("期限までの回答（{n}日）", "Answers in time, {n} days").fill(n=QUARTER.days), found.quarter
    )
    promised = Text("守られた{kept}件・守られなかった{broken}件。", "{kept} kept, {broken} broken.")
    yield Finding(
        about=Text("電話での約束（{n}日）", "Promises by telephone, {n} days").fill(n=QUARTER.days),
        tone=Tone.BAD if found.promises_broken else Tone.GOOD,
        text=promised.fill(kept=found.promises_kept, broken=found.promises_broken)
        if found.promises_kept or found.promises_broken
        else Text("約束はありませんでした。", "None was made."),
    )
    yield Finding(
        about=Text("購入者との合意（{n}日）", "Agreements with buyers, {n} days").fill(n=QUARTER.days),
        tone=Tone.BAD if found.agreements_broken else Tone.GOOD,
        text=promised.fill(kept=found.agreements_kept, broken=found.agreements_broken)
        if found.agreements_kept or found.agreements_broken
        else Text("期限の来た合意はありませんでした。", "None has fallen due."),
    )


def _share(about: Text, counted: InTime) -> Finding:
    if not counted.due:
        return Finding(
            about=about, tone=Tone.GOOD, text=Text("回答する期限はありませんでした。", "None was due.")
        )
    told = Text("{due}件中{kept}件", "{kept} of {due}").fill(due=counted.due, kept=counted.kept)
    share = 100 * counted.kept // counted.due
    if counted.due < FEW:
        return Finding(about=about, tone=Tone.GOOD if counted.kept == counted.due else Tone.WARN, text=told)
    text = Text("{told}（{share}%）", "{told} ({share} %)").fill(told=told, share=share)
    return Finding(about=about, tone=Tone.GOOD if share >= GOOD_SHARE else Tone.WARN, text=text)


def _terms(ref: str, at: datetime) -> Iterator[Finding]:
    found = tuple(terms.rows(ref, at))
    waiting = [one for one in found if one.may_accept]
    told = Text(
        "まだ同意していない版があります：{titles}。同意のない条項は、あなたに適用されません。",
        "Versions that you have not accepted: {titles}. A clause that you never accepted does not bind you.",
    )
    titles = Text(
        "、".join(one.newest.title.ja for one in waiting) or "–",
        ", ".join(one.newest.title.en for one in waiting) or "–",
    )
    if waiting:
        yield Finding(
            about=TERMS,
            tone=Tone.WARN,
            text=told.fill(titles=titles),
            path="/seller/terms/",
            link=Text("規約を開く", "Open the terms"),
        )
    elif found:
        fine = Text("公表されたすべての版に同意済みです。", "You have accepted every published version.")
        yield Finding(about=TERMS, tone=Tone.GOOD, text=fine)
    acting = [one for one in people.delegates(ref) if one.ended_at is None]
    some = Text("{count}人が、お店に代わって回答できます。", "{count} may answer in the shop's place.")
    yield Finding(
        about=Text("代理担当", "Delegates"),
        tone=Tone.GOOD,
        text=some.fill(count=len(acting))
        if acting
        else Text(
            "いません。お一人で回答するなら、いなくてもかまいません。",
            "None. You need none if you answer yourself.",
        ),
    )
