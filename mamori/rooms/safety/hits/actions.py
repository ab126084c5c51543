"""A request's list is held against the listings, a person says which are meant, and each of them is acted upon."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Annotated, BinaryIO

from django.db.models import Q, QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Reach
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ListingState, ListRow, RowMatch
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, YesInput
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.hits import rules
from mamori.rooms.safety.hits.rules import SURE, HitOutcome, HitWay
from mamori.rooms.safety.lifecycle import AuthorityState
from mamori.rooms.safety.models import AuthorityRequest, RequestHit, RequestLine
from mamori.rooms.safety.requests.matter import (
    REQUESTS,
    NoSuchAuthorityRequest,
    keep_rows,
    number_of,
    rows_of,
)

AT_ONCE = 100
"""So many listings are acted upon in one transaction at most."""
_WRITTEN_AT_ONCE = 1_000
Danger = Annotated[
    bool,
    YesInput(
        label=Text(
            "身体に危険が及ぶおそれがある（すぐに非表示にする）", "People may come to harm (hide it at once)"
        )
    ),
]
Way = Annotated[HitWay, ChoiceInput(label=Text("何にもとづいて対応しますか", "On what do you act?"))]
WhatNow = Annotated[str, ReasonInput(label=Text("どう確かめ、どうしますか", "What was seen, what is done?"))]

# The list is held against the listings, anew or with more lines, and its lines and hits are written all at once.


class ListActedOn(Refusal, code="list-acted-on", status=409):
    """Given when a list would be replaced upon which something was done."""

    text = Text(
        "この一覧にもとづく対応がもう始まっています。入れ替えずに「行を加える」に印を付けて、足りない行だけを送ってください。",
        "Something was done upon this list already. Please tick “add lines” and send only the lines that are lacking.",
    )


class ListTooLongTogether(Refusal, code="list-too-long-together", status=413):
    """Given when lines would be added to a list that would then be longer than any may be."""

    text = Text(
        "加えると一覧が{most}行を超えます。別の要請として記録してください。何も加えていません。",
        "With these the list would have more than {most} lines. Please enter another request. Nothing was added.",
    )


def list_goods(
    actor: Actor,
    *,
    request: int,
    pasted: str = "",
    sent: BinaryIO | None = None,
    add: bool = False,
    version: int | None = None,
) -> int:
    """Hold a list against the listings and return how many lines it has now: in place of the one before, or added to it.

    Without a new one the list that came with the request is held against them.  What was judged of a listing stays judged.
    """
    rows = market.read_list(sent or pasted) if sent or pasted.strip() else None
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("list")
        return read_in(act, rows, add=add)


def read_in(act: Performance[AuthorityRequest], rows: Sequence[ListRow] | None, *, add: bool = False) -> int:
    """Do the same within another act on the request; None for the list that is kept."""
    request = act.matter
    kept = rows_of(request)
    if rows is None:
        rows, kept, add = kept, (), False
    if not add and request.hits.filter(acted_at__isnull=False).exists():
        raise ListActedOn
    whole = (*kept, *rows) if add else tuple(rows)
    if len(whole) > market.MOST_ROWS:
        raise ListTooLongTogether(most=f"{market.MOST_ROWS:,}")
    matches = market.match(rows)
    keep_rows(act, whole)
    first = len(whole) - len(rows) + 1
    judged = {one.listing_ref: one for one in request.hits.exclude(judged_by="").order_by("pk")}
    if not add:
        request.hits.all().delete()
        request.lines.all().delete()
    _write(request, matches, first, judged)
    found = sum(1 for one in matches if one.candidates)
    act.record("list_goods", lines=len(rows), found=found, added=add)
    return len(whole)


def _write(
    request: AuthorityRequest, matches: Sequence[RowMatch], first: int, judged: dict[str, RequestHit]
) -> None:
    RequestLine.objects.bulk_create(
        (
            RequestLine(request=request, number=number, missing=one.missing or "", more=one.more)
            for number, one in enumerate(matches, first)
        ),
        batch_size=_WRITTEN_AT_ONCE,
    )
    lines = dict(request.lines.filter(number__gte=first).values_list("number", "pk"))
    refs = {each.ref for one in matches for each in (*one.candidates, *one.near)}
    categories = market.categories_of(refs)

    def hits() -> Iterable[RequestHit]:
        for number, one in enumerate(matches, first):
            for each in (*one.candidates, *one.near):
                hit = RequestHit(
                    request=request,
                    line_id=lines[number],
                    listing_ref=each.ref,
                    seller_ref=each.seller_ref,
                    category=categories.get(each.ref, ""),
                    why=each.why.value,
                )
                if before := judged.get(each.ref):
                    hit.judged_by = before.judged_by
                    hit.meant_at, hit.not_meant_at = before.meant_at, before.not_meant_at
                yield hit

    RequestHit.objects.bulk_create(hits(), batch_size=_WRITTEN_AT_ONCE)


# A person says which are meant: one by one, all the sure ones at once, and none of the rest.


class NoSuchHit(Refusal, code="no-such-hit", status=404):
    """Given when something is judged that is no candidate of this request."""

    text = Text(
        "この要請の候補にない出品が含まれています。画面を開き直してください。",
        "Something is among these that is no candidate of this request. Please open the page again.",
    )


class HitsUnjudged(Refusal, code="hits-unjudged", status=409):
    """Given when confirming would end while candidates are left that nobody has judged."""

    text = Text(
        "まだ確かめていない候補が{count}件あります。対象かどうかを決めてから、確かめ終えてください。",
        "{count} candidates are not judged yet. Please say of each whether it is meant.",
    )


def judge_hits(
    actor: Actor,
    *,
    request: int,
    meant: Collection[int],
    among: Collection[int] | None = None,
    version: int | None = None,
) -> None:
    """Say of the hits `among` those seen (of all, where none are named) that these are meant and the others are not.

    What was acted upon stays as it was judged.
    """
    with perform(actor, REQUESTS, request, version=version) as act:
        seen = act.matter.hits.all() if among is None else act.matter.hits.filter(pk__in=among)
        ids = set(seen.values_list("pk", flat=True))
        if not set(meant) <= ids or (among is not None and ids != set(among)):
            raise NoSuchHit
        _judge(act, seen.filter(pk__in=set(meant)), seen.exclude(pk__in=set(meant)))


def judge_sure(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Say that all sure hits that nobody has judged are meant."""
    with perform(actor, REQUESTS, request, version=version) as act:
        _judge(act, unjudged(act.matter).filter(why__in=SURE), RequestHit.objects.none())


def rule_out_rest(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Say that nothing is meant of what nobody has judged."""
    with perform(actor, REQUESTS, request, version=version) as act:
        _judge(act, RequestHit.objects.none(), unjudged(act.matter))


def unjudged(request: AuthorityRequest) -> QuerySet[RequestHit]:
    """Return what nobody has judged."""
    return request.hits.filter(meant_at__isnull=True, not_meant_at__isnull=True)


def _judge(
    act: Performance[AuthorityRequest], meant: QuerySet[RequestHit], others: QuerySet[RequestHit]
) -> None:
    act.step("judge")
    by, at = people.subject_of(act.actor), act.actor.at
    yes = meant.filter(acted_at__isnull=True).update(judged_by=by, meant_at=at, not_meant_at=None)
    no = others.filter(acted_at__isnull=True).update(judged_by=by, meant_at=None, not_meant_at=at)
    act.record("judge_hits", meant=yes, not_meant=no)
    _finish_if_done(act)


def confirm_hits(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Finish confirming a verified request; where nothing is meant there is nothing to act upon either."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("confirm")
        if count := unjudged(act.matter).count():
            raise HitsUnjudged(count=count)
        act.matter.confirmed_at = actor.at
        act.save("confirmed_at")
        act.record("confirm_hits", meant=act.matter.hits.filter(meant_at__isnull=False).count())
        _finish_if_done(act)


def to_act(request: AuthorityRequest) -> QuerySet[RequestHit]:
    """Return what is meant and not acted upon."""
    return request.hits.filter(meant_at__isnull=False, acted_at__isnull=True)


def _finish_if_done(act: Performance[AuthorityRequest]) -> None:
    row = act.matter
    if row.state == AuthorityState.CONFIRMED and not to_act(row).exists() and not unjudged(row).exists():
        act.step("finish")
        row.acted_at = act.actor.at
        act.save("acted_at")


# Each listing that is meant is acted upon, by enforcement alone: within the request, or on our own decision.


class NotWithin(Refusal, code="not-within-request", status=409):
    """Given when something would be done within a request that is not verified or not confirmed."""

    text = Text(
        "送り主が確かめられ、対象を確かめ終えるまでは、「要請の範囲内」として対応できません。急ぐときは「自社の判断で」を選んでください。",
        "Nothing is done within a request before its sender is verified and what it means is confirmed. If it cannot wait, "
        "please choose our own decision.",
    )


class NothingToAct(Refusal, code="no-hit-to-act-on", status=409):
    """Given when nothing is meant that is not acted upon yet."""

    text = Text(
        "対象と決めた出品で、まだ対応していないものがありません。",
        "No listing is meant that was not acted upon yet.",
    )


def act_on(
    actor: Actor,
    *,
    request: int,
    way: Way,
    danger: Danger = False,
    hits: Collection[int] | None = None,
    version: int | None = None,
) -> int:
    """Act upon hits that are meant, the next `AT_ONCE` of them, and return upon how many; nothing is done twice.

    Goods, and what is a `danger`, are hidden provisionally; of anything else a suspected breach is opened, on which a person
    decides.
    """
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        act.step("act")
        if way is HitWay.WITHIN and not rules.may_be_within(row):
            raise NotWithin
        wanted = to_act(row) if hits is None else to_act(row).filter(pk__in=hits)
        some = list(wanted.order_by("outcome", "line__number", "pk")[:AT_ONCE])
        if not some:
            raise NothingToAct
        refs = {one.listing_ref for one in some}
        some = list(to_act(row).filter(listing_ref__in=refs).order_by("pk"))
        known = market.listings(refs)
        market.sellers({one.seller_ref for one in known.values()})
        facts = rules.told(
            row.rests_on,
            way,
            number_of(row.pk),
            is_verified=row.verified_at is not None,
            is_danger=danger,
        )
        done: dict[str, tuple[HitOutcome, int | None, str]] = {}
        for hit in some:
            if hit.listing_ref not in done:
                done[hit.listing_ref] = _act(act, hit, known.get(hit.listing_ref), facts, is_danger=danger)
            hit.outcome, hit.finding, hit.clause = done[hit.listing_ref]
            if hit.outcome.is_end:
                hit.way, hit.acted_by, hit.acted_at = way, people.subject_of(actor), actor.at
        RequestHit.objects.bulk_update(
            some, ("way", "outcome", "finding", "clause", "acted_by", "acted_at"), batch_size=200
        )
        outcomes = [outcome for outcome, *_ in done.values()]
        counts = {one.value: outcomes.count(one) for one in HitOutcome if one in outcomes}
        ids = sorted({finding for _, finding, _ in done.values() if finding})
        act.record("act_on", way=way.value, findings=ids, **counts)
        _finish_if_done(act)
    return len(done)


def _act(
    act: Performance[AuthorityRequest],
    hit: RequestHit,
    listing: market.ListingFact | None,
    facts: tuple[Text, ...],
    *,
    is_danger: bool,
) -> tuple[HitOutcome, int | None, str]:
    row = act.matter
    if listing is None or listing.seller_ref != hit.seller_ref:
        return HitOutcome.MOVED, None, ""
    if listing.state is ListingState.GONE:
        return HitOutcome.GONE, None, ""
    is_hidden = rules.hides(row.rests_on, is_danger=is_danger)
    try:
        with memory.attempt():
            finding = hiding.find_requested(
                act.actor,
                breach=rules.breach_of(row.rests_on, is_danger=is_danger),
                harm=Reach.DANGER if is_hidden else Reach.NONE,
                seller=hit.seller_ref,
                listing=hit.listing_ref,
                facts=facts,
                origin=f"{REQUESTS.case(row)}:{hit.listing_ref}",
                by_authority=row.verified_at is not None,
            )
            if not is_hidden:
                return HitOutcome.FOUND, finding, ""
            because = Text("".join(one.ja for one in facts), " ".join(one.en for one in facts))
            measure = enforcement.measure(
                hiding.hide_provisionally(act.actor, finding=finding, because=because)
            )
    except Refusal:
        return HitOutcome.REFUSED, None, ""
    too = listing.state is ListingState.HIDDEN
    return HitOutcome.HIDDEN_TOO if too else HitOutcome.HIDDEN, finding, measure.clause if measure else ""


# What the marketplace confirms of it, and what is shown again.


def note_done(*, finding: int, listing: str, at: datetime) -> None:
    """Note that the marketplace has confirmed that a listing is hidden or removed."""
    rows = _acted_on(finding, listing)
    rows.filter(done_at__isnull=True).update(done_at=at)
    rows.filter(undone_at__isnull=False).update(undone_at=None, undone_read_at=None)


def note_undone(actor: Actor, *, finding: int, listing: str) -> None:
    """Note that a listing is shown again, unless something else still takes it away: staff look at it."""
    for hit in _acted_on(finding, listing).filter(undone_at__isnull=True).order_by("request_id", "pk"):
        if _is_away(hit):
            continue
        with perform(actor, REQUESTS, hit.request_id) as act:
            RequestHit.objects.filter(pk=hit.pk).update(undone_at=actor.at)
            act.record("hit_undone", listing=hit.listing_ref, finding=hit.finding)


def _acted_on(finding: int, listing: str) -> QuerySet[RequestHit]:
    named = Q(finding=finding) | Q(listing_ref=listing) if listing else Q(finding=finding)
    return RequestHit.objects.filter(named, finding__isnull=False)


def _is_away(hit: RequestHit) -> bool:
    """Say whether something takes the listing away; what is provisional only until it is lifted or refused."""
    if enforcement.provisionally_hidden(hit.listing_ref):
        return True
    standing = (
        one for one in enforcement.standing(hit.seller_ref) if not one.is_provisional and not one.is_going
    )
    return any(
        one.kind in rules.TAKES_AWAY and one.target_ref in ("", hit.listing_ref) and not one.is_coming
        for one in standing
    )


def look_undone(actor: Actor, *, request: int, reason: WhatNow, version: int | None = None) -> None:
    """Take note of what is shown again."""
    reason = written.reasoned(reason)
    with perform(actor, REQUESTS, request, version=version) as act:
        if not actor.is_staff:
            raise NoSuchAuthorityRequest
        rows = act.matter.hits.filter(undone_at__isnull=False, undone_read_at__isnull=True)
        seen = rows.update(undone_read_at=actor.at)
        act.record("look_undone", reason=reason, listings=seen)
