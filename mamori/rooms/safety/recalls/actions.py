"""The verbs of a recall: entered, held against the listings, judged, hidden, its buyers warned, closed, and watched on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec
from django.db import IntegrityError

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import FoundBy, ListRow, RowMatch
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.law.breaches import DANGEROUS_GOODS
from mamori.law.recalls import RecallSource
from mamori.rooms.contact.alerts import actions as alerts, facts as alert_facts
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.accidents.acts import GoodsEn, GoodsJa, NextEn, NextJa, WhatEn, WhatJa
from mamori.rooms.safety.lifecycle import LIVE_RECALL, RECALL, RecallState
from mamori.rooms.safety.models import ListingWatch, Recall, RecallCandidate
from mamori.rooms.safety.models.recalls import IS_TO_HIDE, IS_TO_WARN, IS_UNJUDGED
from mamori.rooms.safety.recalls.acts import RECALL_ACTS, RECALL_CASE, TITLE, Anyway, WhyDone
from mamori.rooms.safety.recalls.inputs import (
    WORDS,
    RecallNameless as RecallNameless,
    RecallTold as RecallTold,
    read_table,
    told_of as told_of,
)
from mamori.rooms.safety.recalls.notices import RELISTED
from mamori.rooms.safety.recalls.rules import SAID, STEPS, of_watch, open_steps, owed_of
from mamori.rooms.safety.watches import actions as watches

AT_ONCE = 100
"""So many listings are hidden in one transaction at most."""
MOST_FOUND = 100
"""So many candidates are named for a row: all of them are to be judged."""
WATCH = "safety.recalls"
ORDER = tuple(FoundBy)


class NoSuchRecall(Refusal, code="no-such-recall", status=404):
    """Given when there is no such recall for this actor."""

    text = Text(
        "このリコールは見つかりません。番号をご確認ください。",
        "There is no such recall. Please check its number.",
    )


class RecallKnown(Refusal, code="recall-known", status=409):
    """Given when the same notice was entered before."""

    text = Text(
        "この公表は、すでにリコール{number}として登録されています。そちらを開き、違うところは「記録を直す」で書いてください。",
        "This notice was entered already, as recall {number}. Please open that, and correct what is different now.",
    )


class NothingLeft(Refusal, code="recall-nothing-left", status=409):
    """Given when nothing is meant that was not hidden yet, or that buyers are not warned of."""

    text = Text(
        "対象の出品は、すべて対応が済んでいるか、まだ決まっていません。",
        "All that is meant was dealt with, or nothing is meant yet.",
    )


class RecallStepsOpen(Refusal, code="recall-steps-open", status=409):
    """Given when a recall is closed of which steps are left, and it is not said that they are left out."""

    text = Text(
        "まだの段階があります：{steps}。進めるか、「残っている段階をしないまま終える」に印を付けて理由を書いてください。",
        "Steps are left: {steps}. Please take them, or tick that they are left out and say why.",
    )


# The kind of matter: found locked and as it was seen, recorded, and its case settled.


def about(recall: int) -> str:
    """Return the name under which acts and notices know a recall."""
    return f"{RECALL_CASE.code}:{recall}"


def number_of(recall: int) -> str:
    """Return the number of its case."""
    return case_facts.case_of(about(recall)).number


def _find(actor: Actor, number: int, version: int | None) -> Recall:
    row = Recall.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None or not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchRecall
    if version is not None and version != row.version:
        raise changed(about(number), RECALL_ACTS)
    return row


def _record(act: Performance[Recall], verb: str, reason: str = "", **told: Any) -> int:
    act.matter.version += 1
    act.save("version")
    told |= {"state": act.matter.state}
    name, kind = about(act.matter.pk), f"safety.{verb}"
    return ledger.record(act.actor, kind=kind, subject=ledger.MARKET, about=name, reason=reason, payload=told)


def _settle(act: Performance[Recall]) -> None:
    row = act.matter
    owed = list(owed_of(row, row.left))
    cases.update(
        about=about(row.pk),
        state=row.state,
        lead=None,
        closed_at=None if owed else row.done_at or row.closed_at,
        urgent_since=row.unread_at,
        attention=next(iter(owed), None),
        asks=owed,
    )


RECALLS: MatterKind[Recall, int] = MatterKind(
    chart=RECALL, find=_find, case=lambda row: about(row.pk), record=_record, settle=_settle
)


# A notice is entered once, by form, by table or by feed; what was entered wrongly is corrected.


def enter_recall(actor: Actor, *, told: RecallTold) -> int:
    """Enter a notice, hold it against the listings, and return its number; nothing is hidden and nobody is told."""
    if not (new := enter_recalls(actor, told=(told,))):
        raise RecallKnown(number=number_of(Recall.objects.get(known_by=told.known_by).pk))
    return new[0]


def enter_table(actor: Actor, *, source: RecallSource, sent: BinaryIO) -> list[int]:
    """Do the same with each notice of a table; where a row cannot be read nothing is entered."""
    return enter_recalls(actor, told=read_table(sent, source))


def enter_recalls(actor: Actor, *, told: Iterable[RecallTold]) -> list[int]:
    """Do the same with several, and return the numbers of those that are new: what is known is not entered twice."""
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchRecall
    new = list[int]()
    with memory.act():
        for one in told:
            with suppress(IntegrityError), memory.attempt():
                new.append(_enter(actor, one))
    return new


def _enter(actor: Actor, told: RecallTold) -> int:
    row = Recall(entered_by=people.subject_of(actor), entered_at=actor.at)
    _write(row, told)
    row.save(force_insert=True)
    nobody = dict.fromkeys(("buyer_ref", "seller_ref", "order_ref"), "")
    cases.open(kind=RECALL_CASE.code, about=about(row.pk), title=TITLE.ja, at=row.entered_at, **nobody)
    with entered(actor, RECALLS, row) as act:
        act.record("recall_enter", source=row.source, number=row.number, link=row.link)
        _search(act)
    return row.pk


def _write(row: Recall, told: RecallTold) -> None:
    for name in (*WORDS, "known_by", "published_on"):
        setattr(row, name, getattr(told, name))
    row.source, row.rows = told.source.value, msgspec.to_builtins(told.looked_for)


def correct_recall(actor: Actor, *, recall: int, told: RecallTold, version: int | None = None) -> None:
    """Write the notice anew and hold it against the listings once more; what was judged of a listing stays judged."""
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("correct")
        if other := Recall.objects.filter(known_by=told.known_by).exclude(pk=recall).first():
            raise RecallKnown(number=number_of(other.pk))
        _write(act.matter, told)
        act.matter.save()
        act.record("recall_correct")
        _search(act)


def _search(act: Performance[Recall]) -> None:
    row = act.matter
    matches = market.match(row.looked_for, most=MOST_FOUND)
    row.candidates.filter(IS_UNJUDGED).delete()
    count = _add(row, enumerate(matches), is_new=False)
    row.missing, row.searched_at, row.unread_at = [one.missing or "" for one in matches], act.actor.at, None
    act.save("missing", "searched_at", "unread_at")
    act.record("recall_search", rows=len(matches), candidates=count)
    if not ListingWatch.objects.filter(name=WATCH).exists():
        watches.begin_watch(WATCH, at=act.actor.at, reached=market.goods_told_last())
        _go_on(act.actor, has_more=False)


def _add(row: Recall, found: Iterable[tuple[int, RowMatch]], *, is_new: bool) -> int:
    """Add candidates that are none yet, by their surest reason, and count them; what was ruled out is asked anew if surer."""
    best: dict[str, tuple[int, market.Candidate]] = {}
    for at, match in found:
        for one in (*match.candidates, *match.near):
            if one.ref not in best or ORDER.index(one.why) < ORDER.index(best[one.ref][1].why):
                best[one.ref] = at, one
    there = {one.listing_ref: one for one in row.candidates.filter(listing_ref__in=best)}
    for ref, one in list(there.items()):
        if is_new and one.not_meant_at and ORDER.index(best[ref][1].why) < ORDER.index(FoundBy(one.why)):
            there.pop(ref).delete()
    new = [
        RecallCandidate(
            recall=row, row=at, listing_ref=ref, seller_ref=one.seller_ref, why=one.why.value, is_new=is_new
        )
        for ref, (at, one) in best.items()
        if ref not in there
    ]
    return len(RecallCandidate.objects.bulk_create(new, batch_size=500))


def judge_candidates(
    actor: Actor,
    *,
    recall: int,
    meant: Collection[int],
    among: Collection[int],
    version: int | None = None,
) -> None:
    """Say of the candidates `among` that these are meant and the others are not; what was hidden or warned of stays as it is.

    With the last of them it is confirmed what the recall means; one that was closed is dealt with anew where more is meant.
    """
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("judge")
        row, by = act.matter, people.subject_of(actor)
        free = row.candidates.filter(pk__in=among, hidden_at__isnull=True, warned_at__isnull=True)
        no = free.exclude(pk__in=meant).update(judged_by=by, meant_at=None, not_meant_at=actor.at)
        yes = free.filter(pk__in=meant).update(judged_by=by, meant_at=actor.at, not_meant_at=None)
        left = row.left
        if not left.unjudged:
            row.confirmed_at, row.unread_at = actor.at, None
            if row.state == RecallState.ENTERED or (row.state == RecallState.WATCHED and left.to_hide):
                act.step("confirm")
                row.done_at = None
        act.save("confirmed_at", "unread_at", "done_at")
        act.record("recall_judge", meant=yes, not_meant=no)


# What is meant is hidden, and all who bought it are told.


def hide_goods(actor: Actor, *, recall: int, version: int | None = None) -> None:
    """Hide the next `AT_ONCE` listings that are meant, provisionally; what is hidden already, or is over, is noted as it is.

    One that enforcement refuses to hide is left; where no other is done it is refused.
    """
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("act")
        row: Recall = act.matter
        failed: Refusal = NothingLeft()
        waiting = row.candidates.filter(IS_TO_HIDE).order_by("pk")[:AT_ONCE]
        known, done = market.listings({one.listing_ref for one in waiting}), list[RecallCandidate]()
        for one in waiting:
            try:
                with memory.attempt():
                    one.finding = _hide(act, one, known.get(one.listing_ref))
            except Refusal as why:
                failed = why
                continue
            one.hidden_at = actor.at
            done.append(one)
        if not done:
            raise failed
        RecallCandidate.objects.bulk_update(done, ("finding", "hidden_at"), batch_size=100)
        row.hidden_at = actor.at
        act.save("hidden_at")
        act.record("recall_hide", findings=[one.finding for one in done if one.finding], listings=len(done))


def _hide(act: Performance[Recall], one: RecallCandidate, listing: market.ListingFact | None) -> int | None:
    if listing is None or listing.state is market.ListingState.GONE:
        return None
    if hidden := enforcement.hidden_by(listing.ref):
        return hidden
    said = SAID.fill(source=act.matter.source_text, number=act.matter.number or act.matter.link)
    finding = hiding.find_requested(
        act.actor,
        breach=DANGEROUS_GOODS.code,
        harm=Reach.DANGER,
        seller=listing.seller_ref,
        listing=listing.ref,
        facts=(said,),
        origin=f"{about(act.matter.pk)}:{one.pk}",
        by_authority=False,
    )
    hiding.hide_provisionally(act.actor, finding=finding, because=said)
    return finding


def warn_buyers(
    actor: Actor,
    *,
    recall: int,
    goods_ja: GoodsJa,
    what_ja: WhatJa,
    next_ja: NextJa,
    goods_en: GoodsEn,
    what_en: WhatEn,
    next_en: NextEn,
    version: int | None = None,
) -> None:
    """Begin to warn everybody who bought what is meant; the buyers of what is found later are warned by a warning of its own."""
    danger = alerts.Danger(
        goods=Text(goods_ja, goods_en), what=Text(what_ja, what_en), next=Text(next_ja, next_en)
    )
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("act")
        row, wanted = act.matter, act.matter.candidates.filter(IS_TO_WARN)
        if not (refs := list(wanted.values_list("listing_ref", flat=True))):
            raise NothingLeft
        name = f"{about(row.pk)}:{len(row.alerts) + 1}"
        alert = alerts.alert_buyers(actor, about=name, listings=refs, danger=danger, ask_to_keep=True)
        wanted.update(warned_at=actor.at)
        row.alerts, row.warned_at = [*row.alerts, alert], actor.at
        act.save("alerts", "warned_at")
        act.record("recall_warn", alert=alert, listings=refs)


def close_recall(
    actor: Actor, *, recall: int, reason: WhyDone, anyway: Anyway = False, version: int | None = None
) -> None:
    """Close it once nothing is left, or it is said why it is left out; a warning goes on until it is ended on its own page."""
    reason = written.reasoned(reason)
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("close")
        steps = open_steps(act.matter, act.matter.left)
        if steps and not anyway:
            raise RecallStepsOpen(steps=Text.listed(STEPS[step] for step in steps))
        act.matter.done_at, act.matter.unread_at = actor.at, None
        act.save("done_at", "unread_at")
        act.record("recall_close", reason=reason, left_out=steps)


def dismiss_recall(actor: Actor, *, recall: int, reason: WhyDone, version: int | None = None) -> None:
    """Find that it concerns nothing here: it is watched no more, and all who were warned hear that there is no danger."""
    reason = written.reasoned(reason)
    with perform(actor, RECALLS, recall, version=version) as act:
        act.step("dismiss")
        row = act.matter
        for one in row.alerts:
            if (alert := alert_facts.alert(one)) and alert.is_live:
                alerts.end_alert(actor, one, outcome=alerts.AlertOutcome.SAFE, reason=reason)
        row.closed_at, row.unread_at, row.done_at = actor.at, None, None
        act.save("closed_at", "unread_at", "done_at")
        act.record("recall_dismiss", reason=reason)


# Every day listings that are new or were rewritten are held against all recalls; staff are asked of what is found.


def watch_listings(actor: Actor) -> None:
    """Hold the listings that were told or rewritten since against all recalls that are not dismissed, and go on a day later."""

    def look(refs: Collection[str]) -> None:
        for recall, found in _found_among(refs).items():
            _ask(actor, recall, found)

    with memory.act():
        _go_on(actor, has_more=watches.look_on(WATCH, look, at=actor.at))


def _go_on(actor: Actor, *, has_more: bool) -> None:
    settlement.settle({WATCH: of_watch(actor.at, has_more=has_more)}, at=actor.at, why="watch_listings")


def _found_among(refs: Collection[str]) -> Mapping[int, list[tuple[int, RowMatch]]]:
    """Return what was found of each recall, by its row; a row that is vague is left out: it would mean anything."""
    owners, rows = list[tuple[int, int]](), list[ListRow]()
    for row in Recall.objects.filter(state__in=LIVE_RECALL).order_by("pk").iterator():
        for at, (one, missing) in enumerate(zip(row.looked_for, row.missing, strict=True)):
            if missing != market.Unfound.VAGUE:
                owners.append((row.pk, at))
                rows.append(one)
    found = defaultdict[int, list[tuple[int, RowMatch]]](list)
    for (recall, at), match in zip(owners, market.match(rows, among=refs, most=MOST_FOUND), strict=True):
        if match.candidates or match.near:
            found[recall].append((at, match))
    return found


def _ask(actor: Actor, recall: int, found: Iterable[tuple[int, RowMatch]]) -> None:
    with perform(actor, RECALLS, recall) as act:
        if not (count := _add(act.matter, found, is_new=True)):
            return
        act.step("find")
        act.matter.unread_at = act.matter.unread_at or actor.at
        act.save("unread_at")
        values = {"number": number_of(recall), "count": f"{count}"}
        for role in (Role.AGENT, Role.LEAD):
            outbox.notify(to=role.value, template=RELISTED, values=values, about=about(recall), at=actor.at)
        act.record("recall_find", candidates=count)
