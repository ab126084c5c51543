"""The room's money by month, derived from its rows, and every yen on which rows, log and marketplace disagree.

What was refunded in a month is either recovered from sellers by now, borne by the operator, or still open: the three
add up to it, always.  What went back to a seller the operator bears; what is on its way back is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import InstructionFact, InstructionState
from mamori.japan.calendar import Month
from mamori.rooms.contact.lifecycle import GiveBackState, RecoveryState, RemedyState
from mamori.rooms.contact.models import GiveBack, Recovery, Remedy

MATTERS, RECOVERIES = "contact.trouble:", "contact.recovery:"
SETTLING = timedelta(minutes=10)
"""An answer that is younger may still be on its way from the marketplace's row to ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFact:
    """A month's refunds and what became of them; then what is on its way at present, `back` to sellers.  Yen, and counts."""

    month: str
    refunds: int
    refunded: int
    recovered: int
    borne: int
    open: int
    claimed: int
    instructed: int
    instructions: int
    returning: int
    returns: int
    back: int
    backs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Something that rows, log and marketplace do not say alike."""

    about: str
    text: Text


def money(month: Month) -> MoneyFact:
    """Return the month's money; `claimed` is part of `open`, and what is instructed or coming back is not refunded yet."""
    return moneys([month])[0]


def moneys(months: Sequence[Month]) -> list[MoneyFact]:
    """Return the money of months, each in its turn, in as many looks as for one."""
    done, now = _done(min(one.since for one in months), max(one.until for one in months)), _on_its_way()
    return [_money(month, [one for one in done if _is_within(month, one.closed_at)], now) for month in months]


def _is_within(month: Month, at: datetime | None) -> bool:
    return at is not None and month.since <= at < month.until


def _money(month: Month, done: list[Remedy], now: dict[str, int]) -> MoneyFact:
    parts = [_parts(remedy) for remedy in done]
    return MoneyFact(
        month=str(month),
        refunds=len(done),
        refunded=sum(remedy.amount for remedy in done),
        recovered=sum(recovered for recovered, _, _ in parts),
        borne=sum(borne for _, borne, _ in parts),
        open=sum(left for _, _, left in parts),
        claimed=sum(_claimed(remedy) for remedy in done),
        **now,
    )


def _on_its_way() -> dict[str, int]:
    """Return what is on its way at present: refunds instructed, goods that come back first, money back to sellers."""
    waiting = Remedy.objects.filter(IS_OPEN, state=RemedyState.INSTRUCTED)
    sent_for = Remedy.objects.filter(IS_OPEN, state__in=_RETURNING)
    out = list(waiting.values_list("amount", flat=True))
    back = list(sent_for.values_list("amount", flat=True))
    to_sellers = list(GiveBack.objects.filter(IS_OPEN).values_list("amount", flat=True))
    return {
        "instructed": sum(out),
        "instructions": len(out),
        "returning": sum(back),
        "returns": len(back),
        "back": sum(to_sellers),
        "backs": len(to_sellers),
    }


_RETURNING = ("arrived", "labelled", "ordered", "sent")


def _done(since: datetime, until: datetime) -> list[Remedy]:
    rows = Remedy.objects.filter(state=RemedyState.DONE, closed_at__gte=since, closed_at__lt=until)
    return list(rows.select_related("recovery__giveback", "trouble__thread").order_by("closed_at", "id"))


def recovery_of(remedy: Remedy) -> Recovery | None:
    """Return the recovery that followed, or nothing."""
    return getattr(remedy, "recovery", None)


def _parts(remedy: Remedy) -> tuple[int, int, int]:
    """Split a refund into what was recovered, what the operator bore, and what is still open."""
    recovery = recovery_of(remedy)
    if recovery is None or recovery.state in (RecoveryState.WAIVED, RecoveryState.BORNE):
        return 0, remedy.amount, 0
    if recovery.state != RecoveryState.SETTLED:
        return 0, 0, remedy.amount
    giving = giveback_of(recovery)
    back = giving.amount if giving else 0
    kept, borne = recovery.amount - back, remedy.amount - recovery.amount
    return (kept, borne + back, 0) if giving is None or giving.closed_at else (kept, borne, back)


def giveback_of(recovery: Recovery) -> GiveBack | None:
    """Return what goes back to the seller of it, or nothing."""
    return getattr(recovery, "giveback", None)


def _claimed(remedy: Remedy) -> int:
    recovery = recovery_of(remedy)
    return recovery.amount if recovery and recovery.state == RecoveryState.CLAIMED else 0


def disagreements(month: Month, *, at: datetime) -> Iterator[Disagreement]:
    """Yield every yen of the month on which rows, log and marketplace disagree."""
    done = _done(month.since, month.until)
    yield from _refunds(done)
    settled = [r for r in map(recovery_of, done) if r is not None and r.state == RecoveryState.SETTLED]
    yield from _recoveries(settled)
    yield from _givebacks([g for g in map(giveback_of, settled) if g and g.state == GiveBackState.DONE])
    yield from _unclaimed(month, at)


def _refunds(done: list[Remedy]) -> Iterator[Disagreement]:
    told = market.instructions([remedy.instruction for remedy in done])
    orders = market.orders({remedy.trouble.thread.order_ref for remedy in done})
    counted = market.refunds_counted(orders)
    names = [f"{MATTERS}{remedy.trouble_id}" for remedy in done]
    acts = ledger.acts_of(names, kind="contact.confirm_remedy")
    for remedy, name in zip(done, names, strict=True):
        order = orders.get(remedy.trouble.thread.order_ref)
        yield from _against_market(name, remedy.amount, told.get(remedy.instruction), "refund")
        yield from _against_log(name, remedy.amount, acts.get(name, []))
        if order is None or order.above or counted.get(order.ref, 0) != order.refunded_instructed:
            yield _said(
                name,
                "返金額 {amount}円が注文の記録と合いません。",
                "the refund of {amount} yen does not fit the order's record.",
                remedy.amount,
            )
        recovery = recovery_of(remedy)
        if recovery and not recovery.amount <= recovery.most <= remedy.amount:
            yield _said(
                f"{RECOVERIES}{recovery.pk}",
                "出品者への請求 {amount}円が返金額を超えています。",
                "the recovery of {amount} yen is above the refund.",
                max(recovery.amount, recovery.most),
            )


def _recoveries(settled: list[Recovery]) -> Iterator[Disagreement]:
    told = market.instructions([recovery.instruction for recovery in settled])
    names = [f"{RECOVERIES}{recovery.pk}" for recovery in settled]
    acts = ledger.acts_of(names, kind="contact.settle_recovery")
    for recovery, name in zip(settled, names, strict=True):
        yield from _against_market(name, recovery.amount, told.get(recovery.instruction), "deduct")
        yield from _against_log(name, recovery.amount, acts.get(name, []))


def _givebacks(done: list[GiveBack]) -> Iterator[Disagreement]:
    told = market.instructions([giving.instruction for giving in done])
    names = [f"{RECOVERIES}{giving.recovery_id}" for giving in done]
    acts = ledger.acts_of(names, kind="contact.confirm_give_back")
    for giving, name in zip(done, names, strict=True):
        yield from _against_market(name, giving.amount, told.get(giving.instruction), "give_back")
        yield from _against_log(name, giving.amount, acts.get(name, []))
        if giving.amount > giving.recovery.amount:
            yield _said(
                name,
                "戻した {amount}円が差し引いた額を超えています。",
                "{amount} yen went back, more than was deducted.",
                giving.amount,
            )


def _against_market(
    name: str, amount: int, told: InstructionFact | None, kind: str
) -> Iterator[Disagreement]:
    if told is None or (told.kind, told.amount, told.about, told.state) != (
        kind,
        amount,
        name,
        InstructionState.CONFIRMED,
    ):
        yield _said(
            name,
            "{amount}円に、通販サイトが確認した同じ額の指示がありません。",
            "no instruction that the marketplace confirmed stands behind {amount} yen.",
            amount,
        )


def _against_log(name: str, amount: int, acts: list[ledger.ActFact]) -> Iterator[Disagreement]:
    """Compare with the log; what was erased from it at a person's wish still counts, its sum cannot be read."""
    sums = [act.content["payload"].get("amount") for act in acts if act.content is not None]
    if len(acts) != 1 or any(told is not None and told != amount for told in sums):
        yield _said(
            name,
            "{amount}円が行為の記録と合いません。",
            "{amount} yen do not agree with the log of acts.",
            amount,
        )


def _unclaimed(month: Month, at: datetime) -> Iterator[Disagreement]:
    """Name what the marketplace has done and this room has not taken in."""
    until = min(month.until, at - SETTLING)
    for kind, about in (("refund", MATTERS), ("deduct", RECOVERIES), ("give_back", RECOVERIES)):
        told = market.instructions_done(kind=kind, about=about, since=month.since, until=until)
        known = _known(kind, [fact.ref for fact in told])
        for fact in told:
            if fact.ref not in known:
                yield _said(
                    fact.about,
                    "通販サイトが確認した {amount}円を、案件が受け取っていません。",
                    "the marketplace confirmed {amount} yen that the case has not taken in.",
                    fact.amount,
                )


def _known(kind: str, refs: list[str]) -> set[str]:
    if kind == "refund":
        done = Remedy.objects.filter(instruction__in=refs, state=RemedyState.DONE)
        return set(done.values_list("instruction", flat=True))
    if kind == "give_back":
        back = GiveBack.objects.filter(instruction__in=refs, state=GiveBackState.DONE)
        return set(back.values_list("instruction", flat=True))
    settled = Recovery.objects.filter(instruction__in=refs, state=RecoveryState.SETTLED)
    return set(settled.values_list("instruction", flat=True))


def unawaited(*, at: datetime) -> Iterator[Disagreement]:
    """Yield instructions that are out and awaited by nobody, and what waits for one that is not out."""
    out = {fact.ref: fact for about in (MATTERS, RECOVERIES) for fact in market.instructions_out(about=about)}
    awaited = dict(_awaited())
    answered = market.instructions(awaited.keys() - out.keys())
    for ref in out.keys() - awaited.keys():
        yield _said(
            out[ref].about,
            "{amount}円の指示を待っている案件がありません。",
            "nobody waits for an instruction of {amount} yen.",
            out[ref].amount,
        )
    for ref in awaited.keys() - out.keys():
        fact = answered.get(ref)
        if fact is None or fact.closed_at is None or fact.closed_at <= at - SETTLING:
            yield _said(
                awaited[ref][0],
                "待っている {amount}円の指示が、通販サイトに出ていません。",
                "the case waits for an instruction of {amount} yen that is not out.",
                awaited[ref][1],
            )


def _awaited() -> Iterable[tuple[str, tuple[str, int]]]:
    for remedy in Remedy.objects.filter(IS_OPEN, state__in=(RemedyState.INSTRUCTED, RemedyState.ORDERED)):
        is_label = remedy.state == RemedyState.ORDERED
        ref = remedy.label if is_label else remedy.instruction
        yield ref, (f"{MATTERS}{remedy.trouble_id}", 0 if is_label else remedy.amount)
    for recovery in Recovery.objects.filter(IS_OPEN, state=RecoveryState.CLAIMED):
        yield recovery.instruction, (f"{RECOVERIES}{recovery.pk}", recovery.amount)
    for giving in GiveBack.objects.filter(IS_OPEN, state=GiveBackState.INSTRUCTED):
        yield giving.instruction, (f"{RECOVERIES}{giving.recovery_id}", giving.amount)


def _said(name: str, ja: str, en: str, amount: int) -> Disagreement:
    return Disagreement(about=name, text=Text(ja, en).fill(amount=f"{amount:,}"))
