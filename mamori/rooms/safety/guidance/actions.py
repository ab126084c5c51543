"""Buyers are told how to use goods safely: each day upon deliveries, as a season begins, upon news that two persons let out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.post import facts as post
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.ground.web.signing.here import is_second
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.guidance import GUIDANCE, GUIDANCE_DAYS, GoodsKind, GuidanceMoment
from mamori.rooms.safety.events import GuidanceGoesOn
from mamori.rooms.safety.guidance.acts import (
    GUIDANCE_ACTS,
    Categories,
    IsNone,
    IsOn,
    NewsEn,
    NewsJa,
    WhichKind,
    WhichMoment,
    WhySwitched,
)
from mamori.rooms.safety.guidance.notices import GUIDED, OPENINGS
from mamori.rooms.safety.guidance.rules import LATEST, bought_since, kind_of, of_looks, season_of
from mamori.rooms.safety.lifecycle import GUIDANCE_CHART, GuidanceState
from mamori.rooms.safety.models import (
    GuidanceCategory,
    GuidanceDeclined,
    GuidanceOff,
    GuidanceRound,
    GuidanceTold,
)

AT_ONCE = 200
"""So many orders are looked through in one turn, so that the writer's place is free in between."""
ALL = "safety.guidance"
DELIVERY, SEASON, NEWS = GuidanceMoment


class NoSuchGuidance(Refusal, code="no-such-guidance", status=404):
    """Given when there is no such guidance for this actor."""

    text = Text(
        "この案内は見つかりません。一覧から開き直してください。",
        "There is no such guidance. Please open it from the list again.",
    )


class GuidanceSells(Refusal, code="guidance-sells", status=422):
    """Given when news has words that sell, or a link."""

    text = Text(
        "「{word}」は書けません。この知らせに、販売の言葉とリンクは入れられません。書き直してください。",
        "“{word}” cannot be told: this news sells nothing and has no link. Please write it otherwise.",
    )


class GuidanceNotByItsWriter(Refusal, code="guidance-not-by-its-writer", status=403):
    """Given when who wrote news would release it, or somebody whom they brought in."""

    text = Text(
        "送るのは、書いた人とは別の人です。ほかの担当者に確かめてもらってください。",
        "Another person than who wrote it releases it. Please ask a colleague to look at it.",
    )


class GuidanceSwitchedOff(Refusal, code="guidance-switched-off", status=409):
    """Given when news of a kind would be released that is switched off for news."""

    text = Text(
        "この種類の知らせは、送らないことになっています。責任者に「送る」へ切り替えてもらってください。",
        "News of this kind is switched off. Please ask a lead to switch it on.",
    )


class NoSuchCategory(Refusal, code="guidance-no-such-category", status=422):
    """Given when a category is mapped that no listing has."""

    text = Text(
        "このカテゴリーの出品はありません：{names}。出品で送っている文字のとおりに書いてください。何も変えていません。",
        "No listing has this category: {names}. Please write it as your listings do; nothing was changed.",
    )


class GuidanceIsSafety(Refusal, code="guidance-is-safety", status=409):
    """Given when a buyer would turn off what keeps people from being hurt."""

    text = Text(
        "安全のための案内なので、止められません。そのままお受け取りください。",
        "It is there for your safety and cannot be turned off. Please let it come.",
    )


def about(number: int) -> str:
    """Return the name under which acts and notices know a round of guidance."""
    return f"{ALL}:{number}"


def about_told(number: int) -> str:
    """Return the name under which acts know what one buyer was told."""
    return f"safety.guided:{number}"


def _find(actor: Actor, number: int, version: int | None) -> GuidanceRound:
    row = GuidanceRound.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None or not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchGuidance
    if version is not None and version != row.version:
        raise changed(about(number), GUIDANCE_ACTS)
    return row


def _record(act: Performance[GuidanceRound], verb: str, *, reason: str = "", **told: Any) -> int:
    row = act.matter
    if act.actor.is_staff:
        row.version += 1
        act.save("version")
    payload = {"moment": row.moment, "kind": row.kind, "state": row.state, **told}
    kind = f"safety.{verb}"
    return ledger.record(
        act.actor, kind=kind, subject=ledger.MARKET, about=about(row.pk), reason=reason, payload=payload
    )


ROUNDS: MatterKind[GuidanceRound, int] = MatterKind(
    chart=GUIDANCE_CHART, find=_find, case=lambda row: about(row.pk), record=_record, settle=lambda act: None
)


# What begins by itself: the look of each day, and the season with its month.


def begin_guidance(actor: Actor) -> int:
    """Begin to tell buyers by itself, in a house that never did; return whether it was begun."""
    if GuidanceRound.objects.filter(moment=DELIVERY).exists():
        return 0
    look_today(actor)
    return 1


def look_today(actor: Actor) -> None:
    """Tell those to whom goods were delivered so many days ago, and in its first days those of a season; again tomorrow."""
    month = season_of(actor.at.astimezone(JAPAN).date())
    with memory.act():
        for moment, on in ((DELIVERY, None), *([(SEASON, month)] if month else [])):
            row, is_new = GuidanceRound.objects.get_or_create(
                moment=moment, on=on, defaults={"looked_at": actor.at, "written_by": actor.by}
            )
            if is_new or moment is DELIVERY:
                _begin(actor, row.pk)
        settlement.settle({ALL: tuple(of_looks(actor.at))}, at=actor.at, why="look_today")


def _begin(actor: Actor, number: int) -> None:
    """Begin with the first order; what is still under way goes on where it is."""
    with perform(actor, ROUNDS, number) as act:
        if act.matter.state != GuidanceState.TELLING:
            act.step("begin" if act.matter.state == GuidanceState.TOLD else "release")
            act.matter.looked_at, act.matter.reached = actor.at, []
            act.save("looked_at", "reached")
            _go(act)
            act.record("guidance_begin")


def _go(act: Performance[GuidanceRound]) -> None:
    row = act.matter
    row.turn += 1
    act.save("turn")
    outbox.publish(GuidanceGoesOn(subject=about(row.pk), round=row.pk, turn=row.turn), at=act.actor.at)


# Upon news: written by one, released by another, given up.


def write_news(actor: Actor, *, kind: WhichKind, news_ja: NewsJa, news_en: NewsEn) -> int:
    """Write news for those who bought goods of a kind; nobody is told before a second person releases it.  Return its number."""
    if not actor.is_staff:
        raise NoSuchGuidance
    words = Text(written.checked(news_ja), written.checked(news_en))
    for word in (
        *post.promoting(f"{words.ja}\n{words.en}"),
        *(one for one in ("://", "www.") if one in f"{words}"),
    ):
        raise GuidanceSells(word=word)
    with memory.act():
        row = GuidanceRound.objects.create(
            moment=NEWS,
            kind=kind,
            words={"ja": words.ja, "en": words.en},
            written_by=people.subject_of(actor),
            looked_at=actor.at,
        )
        with entered(actor, ROUNDS, row) as act:
            act.record("guidance_write", words=row.words)
    return row.pk


def release_news(actor: Actor, *, number: int, version: int | None = None) -> None:
    """Let it go out: all who bought goods of the kind are told, some in each turn."""
    with perform(actor, ROUNDS, number, version=version) as act:
        act.step("release")
        row = act.matter
        if not is_second(actor, than=row.written_by):
            raise GuidanceNotByItsWriter
        if not _kinds_on(row):
            raise GuidanceSwitchedOff
        _go(act)
        act.record("guidance_release")


def drop_news(actor: Actor, *, number: int, reason: WhySwitched, version: int | None = None) -> None:
    """Give up news, or tell nobody of it any more; what comes by itself is switched off instead."""
    reason = written.reasoned(reason)
    with perform(actor, ROUNDS, number, version=version) as act:
        if act.matter.moment != NEWS:
            raise NoSuchGuidance
        act.step("drop")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("guidance_drop", reason=reason)


# A round goes through the orders, some in each turn, and tells whoever bought: rows, notices and acts stand or fall together.


def go_on(actor: Actor, *, number: int, turn: int) -> None:
    """Tell the next buyers; what was done already, or is asked twice, is not done again."""
    with perform(actor, ROUNDS, number) as act:
        row = act.matter
        if row.turn != turn or row.state != GuidanceState.TELLING:
            return
        orders, reached = _next(row, actor.at)
        told = _tell(act, orders)
        row.reached = list(reached or ())
        act.save("reached")
        if reached:
            _go(act)
        else:
            act.step("finish")
        if told or not reached:
            act.record("guidance_go_on", told=told)


def _next(row: GuidanceRound, at: datetime) -> tuple[Sequence[market.OrderFact], Sequence[str] | None]:
    day = row.looked_at.astimezone(JAPAN).date()
    if row.moment != DELIVERY:
        return market.orders_kept(since=bought_since(day), after=row.reached, look=AT_ONCE)
    last = day - timedelta(days=terms.setting(GUIDANCE_DAYS, at=row.looked_at))
    return market.orders_kept(
        since=last - timedelta(days=LATEST), received=last, after=row.reached, look=AT_ONCE
    )


def kinds_of(listings: Collection[str]) -> dict[str, GoodsKind]:
    """Return to which kind these listings belong; of none where they belong to none."""
    known = market.listings(listings)
    categories = {one.category for one in known.values()}
    mapped = dict(GuidanceCategory.objects.filter(category__in=categories).values_list("category", "kind"))
    found = {ref: kind_of(one.category, one.name, mapped) for ref, one in known.items()}
    return {ref: kind for ref, kind in found.items() if kind is not None}


def _kinds_on(row: GuidanceRound) -> frozenset[str]:
    return row.kinds - set(GuidanceOff.objects.filter(moment=row.moment).values_list("kind", flat=True))


def _tell(act: Performance[GuidanceRound], orders: Sequence[market.OrderFact]) -> int:
    """Tell these buyers what they were not told yet, have not turned off, and can be reached with; return how many notices."""
    row, at, on = act.matter, act.actor.at, _kinds_on(act.matter)
    of, wanted = (
        kinds_of({item.listing for one in orders for item in one.items}),
        dict[tuple[str, str], str](),
    )
    for one in orders:
        for item in one.items if one.left or not one.amount else ():
            if (kind := of.get(item.listing)) in on and kind is not None:
                wanted.setdefault((one.buyer_ref, kind.value), one.ref)
    buyers = {ref for ref, _ in wanted}
    gone = seals.erased([f"buyer:{ref}" for ref in buyers])
    ways = post.warned_by([ref for ref in buyers if f"buyer:{ref}" not in gone], at)
    passed = {
        pair
        for rows in (row.told.all(), GuidanceDeclined.objects.all())
        for pair in rows.filter(buyer_ref__in=buyers).values_list("buyer_ref", "kind")
    }
    made = GuidanceTold.objects.bulk_create(
        GuidanceTold(round=row, buyer_ref=ref, kind=kind, order_ref=order, told_at=at)
        for (ref, kind), order in wanted.items()
        if (ref, kind) not in passed and ways.get(ref) in ("mail", "market")
    )
    for told in made:
        values = {"order": told.order_ref, "number": f"{told.pk}", **words_of(row, GoodsKind(told.kind))}
        outbox.notify(
            to=f"buyer:{told.buyer_ref}", template=GUIDED, values=values, about=about(row.pk), at=at
        )
    ledger.record_all(act.actor, [_done("guidance_tell", told) for told in made])
    return len(made)


def words_of(row: GuidanceRound, kind: GoodsKind) -> dict[str, Text]:
    """Return what a round says to the buyers of a kind."""
    opening = Text(**row.words) if row.words else OPENINGS[GuidanceMoment(row.moment)]
    return {"kind": kind.text, "opening": opening, "advice": GUIDANCE[kind].advice}


def _done(verb: str, told: GuidanceTold) -> ledger.Done:
    payload = {"round": told.round_id, "kind": told.kind}
    subject = f"buyer:{told.buyer_ref}"
    return ledger.Done(kind=f"safety.{verb}", subject=subject, about=about_told(told.pk), payload=payload)


# What a buyer says: it was read, its kind is turned off or on again; what the operator chooses; and what is over.


def _of_buyer(actor: Actor, number: int) -> GuidanceTold:
    row = GuidanceTold.objects.select_for_update().filter(pk=number).first()
    if row is None or (actor.role, actor.by) != (Role.BUYER, f"buyer:{row.buyer_ref}"):
        raise NoSuchGuidance
    return row


def say_guidance_read(actor: Actor, *, told: int) -> None:
    """Say that it was read; said twice, the first time counts."""
    with memory.act():
        row = _of_buyer(actor, told)
        row.opened_at = row.opened_at or actor.at
        row.save(update_fields=("opened_at",))
        ledger.record_all(actor, [_done("guidance_read", row)])


def choose_guidance(actor: Actor, *, told: int, is_on: bool) -> None:
    """Be told of the kind, or no more where it is no matter of safety."""
    with memory.act():
        row = _of_buyer(actor, told)
        if row.guidance.is_safety and not is_on:
            raise GuidanceIsSafety
        declined = {"buyer_ref": row.buyer_ref, "kind": row.kind}
        GuidanceDeclined.objects.filter(**declined).delete()
        if not is_on:
            GuidanceDeclined.objects.create(**declined, at=actor.at)
        ledger.record_all(actor, [_done("guidance_resume" if is_on else "guidance_stop", row)])


def map_categories(actor: Actor, *, categories: Categories, kind: WhichKind, is_none: IsNone = False) -> None:
    """Say to which kind listings of these categories belong, one a line, or that they belong to none."""
    if not actor.is_staff:
        raise NoSuchGuidance
    names = list(dict.fromkeys(filter(None, map(str.strip, written.checked(categories).splitlines()))))
    if unknown := set(names) - market.categories_among(names):
        raise NoSuchCategory(names="、".join(sorted(unknown)[:5]))
    code = "" if is_none else kind.value
    with memory.act():
        for one in names:
            GuidanceCategory.objects.update_or_create(category=one, defaults={"kind": code})
        _chose(actor, "guidance_map", categories=names, kind=code)


def switch_guidance(
    actor: Actor, *, kind: WhichKind, moment: WhichMoment, reason: WhySwitched, is_on: IsOn = False
) -> None:
    """Tell buyers of a kind at a moment, or do not."""
    if actor.role not in HEADS:
        raise NoSuchGuidance
    reason = written.reasoned(reason)
    with memory.act():
        GuidanceOff.objects.filter(kind=kind, moment=moment).delete()
        if not is_on:
            GuidanceOff.objects.create(kind=kind, moment=moment)
        _chose(actor, "guidance_switch", reason, kind=kind, moment=moment, is_on=is_on)


def _chose(actor: Actor, verb: str, reason: str = "", **told: Any) -> None:
    ledger.record(actor, kind=f"safety.{verb}", subject=ledger.MARKET, about=ALL, reason=reason, payload=told)


def erase_guidance(actor: Actor, over: datetime, limit: int) -> int:
    """Erase who was told before `over`, so many at most, and return how many went."""
    del actor
    numbers = (
        GuidanceTold.objects.filter(told_at__lt=over).order_by("pk").values_list("pk", flat=True)[:limit]
    )
    return GuidanceTold.objects.filter(pk__in=list(numbers)).delete()[0]
