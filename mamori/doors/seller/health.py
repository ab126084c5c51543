"""The page that tells a seller plainly what is fine and what is missing, composed from what rooms and ground know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.seller import pages
from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ClearanceFact, Doing, HindranceFact, PayoutClearance
from mamori.ground.people import facts as people
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import Tone
from mamori.japan.calendar import spoken
from mamori.law.measures import CORRECTION
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import QUARTER, InTime
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import Standing
from mamori.rooms.payouts import facts as payouts
from mamori.rooms.payouts.facts import MoneyFact

FINE, LOOK, MISSING = Text("よい", "fine"), Text("注意", "look"), Text("不足", "missing")
BADGES = {Tone.GOOD: FINE, Tone.WARN: LOOK, Tone.BAD: MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """One line: what it is about, how it stands, in words, and where to do something about it."""

    about: Text
    tone: Tone
    text: Text
    path: str = ""
    link: Text | None = None

    @property
    def badge(self) -> Text:
        """Return the tone in a word."""
        return BADGES[self.tone]


NAME = Text("登録名の確認（本人確認）", "The check of your registered name")
ANEW = Text(
    "{stands}。通販サイトの登録情報のページで、確認を受けてください。売上金の支払いの前に確認が必要です。",
    "It is {stands}. Please have it checked on the marketplace's page of registered data: proceeds are paid after that.",
)
GOOD = Text("確かめてあります（{method}）。", "Verified ({method}).")
GOOD_UNTIL = Text("確かめてあります（{method}）。{until}まで有効です。", "Verified ({method}) until {until}.")


def of_identity(ref: str, at: datetime) -> Iterator[HealthLine]:
    """Say how the registered name stands, where the marketplace told of any check of it."""
    found = identity.identity(ref, at=at)
    if found is None or found.standing is Standing.UNVERIFIED:
        return
    if found.standing is Standing.VERIFIED and found.method_text is not None:
        text = GOOD if found.until is None else GOOD_UNTIL
        text = text.fill(method=found.method_text, until=day_text(found.until) if found.until else "")
        yield HealthLine(about=NAME, tone=Tone.GOOD, text=text)
    else:
        yield HealthLine(about=NAME, tone=Tone.WARN, text=ANEW.fill(stands=found.standing.text))


MONEY = Text("売上金の支払い", "Payouts")
PAYOUTS_PATH, OPEN_PAYOUTS = "/seller/payouts/", Text("売上金のページを開く", "Open the page of proceeds")
WAITS = Text(
    "{count}件、合わせて{sum}円の支払いが止まっています。理由と、していただくことをご覧ください。",
    "{count} payouts, {sum} yen in all, wait. Please see why and what you can do.",
)
NO_ACCOUNT = Text(
    "振込先の口座が登録されていません。登録すると、売上金を受け取れます。",
    "There is no account to pay to. Once you register one, your proceeds can be paid.",
)
LOOKED_AT = Text(
    "口座の名義を担当者が確かめています。お手続きはいりません。",
    "A person is looking at the account holder's name. You need not do anything.",
)
COOLS = Text(
    "振込先が変わります。心当たりがなければ、すぐに止めてください。",
    "The account is being changed. If you did not ask for it, please stop it at once.",
)
MONEY_FINE = Text("止まっている支払いはなく、口座も使えます。", "Nothing waits, and the account is in use.")


def of_money(ref: str) -> Iterator[HealthLine]:
    """Say how the seller's money stands, where payouts or accounts are asked for here at all."""
    found = payouts.money(ref)
    if found is None:
        return
    tone, text = _stands(found)
    if tone is Tone.GOOD:
        yield HealthLine(about=MONEY, tone=tone, text=text)
    else:
        yield HealthLine(about=MONEY, tone=tone, text=text, path=PAYOUTS_PATH, link=OPEN_PAYOUTS)


def _stands(found: MoneyFact) -> tuple[Tone, Text]:
    if found.count:
        return Tone.WARN, WAITS.fill(count=found.count, sum=f"{found.waits:,}")
    if not found.has_account:
        return Tone.WARN, NO_ACCOUNT
    if found.is_changing:
        return Tone.WARN, COOLS
    return (Tone.WARN, LOOKED_AT) if found.is_looked_at else (Tone.GOOD, MONEY_FINE)


# What counts against a seller and until when, what it is asked and has to put right by which day, and what stands.


MEASURES_PATH, OPEN_MEASURES = (
    "/seller/measures/",
    Text("措置のお知らせを開く", "Open the notices on measures"),
)


def of_measures(ref: str, at: datetime) -> Iterator[HealthLine]:
    """Say what the seller is asked, what it has to put right, what stands, and the points that count."""
    yield from _asked(ref)
    for one in enforcement.standing(ref):
        yield _standing(one)
    yield _points(ref, at)


def _asked(ref: str) -> Iterator[HealthLine]:
    for one in enforcement.asked(ref):
        text = Text(
            "「{breach}」について、{due}までにご意見をお聞かせください。まだ何も決めていません。",
            "Please give your view on “{breach}” by {due}. Nothing has been decided.",
        )
        yield HealthLine(
            about=Text("ご意見の求め", "You are asked for your view"),
            tone=Tone.WARN,
            text=text.fill(breach=one.title, due=spoken(one.due_at)),
            path=f"{MEASURES_PATH}{one.case}/",
            link=Text("意見を述べる", "Give your view"),
        )


def _standing(one: enforcement.MeasureFact) -> HealthLine:
    if one.is_going:
        return HealthLine(
            about=one.title, tone=Tone.WARN, text=one.stands, path=MEASURES_PATH, link=OPEN_MEASURES
        )
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
    return HealthLine(about=one.title, tone=Tone.WARN, text=text, path=MEASURES_PATH, link=OPEN_MEASURES)


def _points(ref: str, at: datetime) -> HealthLine:
    about, record = Text("違反の点数", "Points for breaches"), enforcement.record(ref, at=at)
    counting = [one for one in record.strikes if one.ended_at is None and one.until > at]
    if not record.points or not counting:
        none = Text("現在の違反点数はありません。", "None count against you.")
        return HealthLine(about=about, tone=Tone.GOOD, text=none, path=MEASURES_PATH, link=OPEN_MEASURES)
    text = Text(
        "現在の違反点数は{points}点です。最後の点数は{until}に消えます。",
        "{points} count against you. The last of them go {until}.",
    )
    until = spoken(max(one.until for one in counting))
    return HealthLine(
        about=about,
        tone=Tone.WARN,
        text=text.fill(points=record.points, until=until),
        path=MEASURES_PATH,
        link=OPEN_MEASURES,
    )


# What a seller may do now at the marketplace, and of what it may not: why, until when, and what it can do about it.


DOINGS = {
    Doing.SELLING: Text("販売", "Selling"),
    Doing.LISTING: Text("新しい出品", "New listings"),
    Doing.CATEGORY: Text("「{category}」の出品", "Listings in “{category}”"),
    Doing.PAYOUT: Text("売上金の受取り", "Being paid"),
}
"""What a seller does, as its own page says it; of single listings it speaks where they are."""
YES, NO, PART = Text("できます", "yes"), Text("できません", "no"), Text("一部だけ", "in part")
PAGES = {"enforcement": (MEASURES_PATH, OPEN_MEASURES), "payouts": (PAYOUTS_PATH, OPEN_PAYOUTS)}
"""Where something is done about what a room says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """One reason: about what, why, until when, what to do and where."""

    about: Text
    text: Text
    until: Text | None
    todo: Text
    path: str
    link: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """The panel: each thing that a seller does with whether it may, and every reason why not."""

    lines: tuple[tuple[Text, Text, Tone], ...]
    hindered: tuple[WhyNot, ...]


def doings(ref: str, at: datetime) -> Doings | None:
    """Return what the seller may do; nothing where nobody told of it."""
    found = market.clearance(ref, at=at)
    if found is None:
        return None
    return Doings(lines=tuple(_lines(found)), hindered=tuple(_hindered(one) for one in found.hindrances))


def _lines(found: ClearanceFact) -> list[tuple[Text, Text, Tone]]:
    lines = [
        (DOINGS[Doing.SELLING], *_may(found.may_sell)),
        (DOINGS[Doing.LISTING], *_may(found.may_list)),
    ]
    if found.payout is PayoutClearance.PART:
        lines.append((DOINGS[Doing.PAYOUT], PART, Tone.WARN))
    elif found.payout is not PayoutClearance.NOT_TOLD:
        lines.append((DOINGS[Doing.PAYOUT], *_may(found.payout is PayoutClearance.CLEAR)))
    return lines


def _may(yes: bool) -> tuple[Text, Tone]:
    return (YES, Tone.GOOD) if yes else (NO, Tone.BAD)


def _hindered(one: HindranceFact) -> WhyNot:
    path, link = PAGES.get(one.room, ("", None))
    about = DOINGS[one.what].fill(category=one.category)
    until = spoken(one.until) if one.until else None
    return WhyNot(about=about, text=one.text, until=until, todo=one.todo, path=path, link=link)


TERMS = Text("規約", "Terms")
FEW = 5
"""Of fewer answers no share is told: one missed would look like a habit."""
GOOD_SHARE = 95


@open_to(*SELLERS)
def health(request: Visit) -> HttpResponse:
    """Show what is fine and what is missing; the seller itself chooses here in which language it is written to."""
    own = pages.language(request) if request.presence.role is Role.SELLER else None
    form, now, status, led = own or (None, (), 200, None)
    if led:
        return led
    ref = actor_of(request).whose.removeprefix("seller:")
    found = tuple(findings(ref, request.received_at))
    shown = {
        "findings": found,
        "doings": doings(ref, request.received_at),
        "wrong": [one for one in found if one.tone is not Tone.GOOD],
        "registered": contact.registered(ref),
        "unshown": contact.unshown(ref),
        "in_time": contact.IN_TIME,
        "form": form,
        "now": now,
    }
    return render(request, "seller/health.html", shown, status=status)


def findings(ref: str, at: datetime) -> Iterator[HealthLine]:
    """Say how the seller stands, what concerns buyers first."""
    yield from _contacts(ref)
    yield from of_identity(ref, at)
    yield from of_money(ref)
    yield from _work(ref, at)
    yield from of_measures(ref, at)
    yield from _terms(ref, at)


def _contacts(ref: str) -> Iterator[HealthLine]:
    about = Text("購入者に見せる連絡先", "Contacts shown to buyers")
    missing = contact.registered(ref)
    seller = market.seller(ref)
    if missing.missing:
        text = Text(
            "登録されていません：{what}。通販サイトの出品者情報で登録してください。",
            "Not registered: {what}. Please register it with the marketplace.",
        )
        yield HealthLine(about=about, tone=Tone.BAD, text=text.fill(what=missing.missing_text))
    else:
        yield HealthLine(about=about, tone=Tone.GOOD, text=Text("そろっています。", "Complete."))
    reachable = seller is not None and seller.contact.is_reachable
    yield HealthLine(
        about=Text("お知らせの届け先", "Where notices reach you"),
        tone=Tone.GOOD if reachable else Tone.BAD,
        text=Text("メールか電話が登録されています。", "A mail address or telephone number is registered.")
        if reachable
        else Text(
            "メールも電話も登録されていません。回答の催促が届きません。",
            "Neither mail address nor telephone number is registered, so no urging reaches you.",
        ),
    )


def _work(ref: str, at: datetime) -> Iterator[HealthLine]:
    found = contact.health(ref, at)
    if found.wrong_numbers:
        yield HealthLine(
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
        yield HealthLine(about=owed, tone=Tone.BAD, text=text, path="/seller/", link=inbox)
    elif found.owed:
        text = Text("{owed}件があなたの番です。", "{owed} wait for you.").fill(owed=found.owed)
        yield HealthLine(about=owed, tone=Tone.WARN, text=text, path="/seller/", link=inbox)
    else:
        text = Text("いません（進行中{open}件）。", "Nobody ({open} open).").fill(open=found.open)
        yield HealthLine(about=owed, tone=Tone.GOOD, text=text)
    yield _share(Text("期限までの回答（今月）", "Answers in time, this month"), found.month)
    yield _share(
        Text("期限までの回答（{n}日）", "Answers in time, {n} days").fill(n=QUARTER.days), found.quarter
    )
    promised = Text("守られた{kept}件・守られなかった{broken}件。", "{kept} kept, {broken} broken.")
    yield HealthLine(
        about=Text("電話での約束（{n}日）", "Promises by telephone, {n} days").fill(n=QUARTER.days),
        tone=Tone.BAD if found.promises_broken else Tone.GOOD,
        text=promised.fill(kept=found.promises_kept, broken=found.promises_broken)
        if found.promises_kept or found.promises_broken
        else Text("約束はありませんでした。", "None was made."),
    )
    yield HealthLine(
        about=Text("購入者との合意（{n}日）", "Agreements with buyers, {n} days").fill(n=QUARTER.days),
        tone=Tone.BAD if found.agreements_broken else Tone.GOOD,
        text=promised.fill(kept=found.agreements_kept, broken=found.agreements_broken)
        if found.agreements_kept or found.agreements_broken
        else Text("期限の来た合意はありませんでした。", "None has fallen due."),
    )


def _share(about: Text, counted: InTime) -> HealthLine:
    if not counted.due:
        return HealthLine(
            about=about, tone=Tone.GOOD, text=Text("回答する期限はありませんでした。", "None was due.")
        )
    told = Text("{due}件中{kept}件", "{kept} of {due}").fill(due=counted.due, kept=counted.kept)
    share = 100 * counted.kept // counted.due
    if counted.due < FEW:
        return HealthLine(
            about=about, tone=Tone.GOOD if counted.kept == counted.due else Tone.WARN, text=told
        )
    text = Text("{told}（{share}%）", "{told} ({share} %)").fill(told=told, share=share)
    return HealthLine(about=about, tone=Tone.GOOD if share >= GOOD_SHARE else Tone.WARN, text=text)


def _terms(ref: str, at: datetime) -> Iterator[HealthLine]:
    found = tuple(pages.rows(ref, at))
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
        yield HealthLine(
            about=TERMS,
            tone=Tone.WARN,
            text=told.fill(titles=titles),
            path="/seller/terms/",
            link=Text("規約を開く", "Open the terms"),
        )
    elif found:
        fine = Text("公表されたすべての版に同意済みです。", "You have accepted every published version.")
        yield HealthLine(about=TERMS, tone=Tone.GOOD, text=fine)
    acting = [one for one in people.delegates(ref) if one.ended_at is None]
    some = Text("{count}人が、お店に代わって回答できます。", "{count} may answer in the shop's place.")
    yield HealthLine(
        about=Text("代理担当", "Delegates"),
        tone=Tone.GOOD,
        text=some.fill(count=len(acting))
        if acting
        else Text(
            "いません。お一人で回答するなら、いなくてもかまいません。",
            "None. You need none if you answer yourself.",
        ),
    )
