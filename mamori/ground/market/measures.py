"""How a listing, a review or an account stands, and measures at the marketplace with their undoing: each a switch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.instructing import call_back, issue, locked_instruction, may_instruct
from mamori.ground.market.kinds import HIDE_LISTING, KINDS, MEASURES, UNDOING, Amount, Target
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.lines import ListingState, ReviewState
from mamori.ground.market.models import Instruction, Seller, find
from mamori.ground.market.sellerlines import SellerState

GONE = frozenset({ListingState.GONE, ReviewState.GONE, SellerState.CLOSED})
USUAL = frozenset({ListingState.ON_OFFER, ReviewState.SHOWN, SellerState.ACTIVE})
TEXTS: dict[str, Text] = {
    SellerState.ACTIVE: Text("利用中", "active"),
    SellerState.SUSPENDED: Text("利用停止中", "suspended"),
    SellerState.CLOSED: Text("利用終了", "account closed"),
    ListingState.ON_OFFER: Text("出品中", "on offer"),
    ReviewState.SHOWN: Text("表示中", "shown"),
    ListingState.HIDDEN: Text("非表示", "hidden"),
    ListingState.GONE: Text("もうない", "gone"),
}
"""Reviews are hidden and gone in the same words as listings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFact:
    """How something stands; `is_gone` = no measure can concern it, `is_usual` = nothing has to be said of it."""

    text: Text
    is_gone: bool
    is_usual: bool


def state_of(seller: Seller, target: Target, ref: str) -> str:
    """Return how the seller's own listing, review or account stands; "" where it is not the seller's."""
    if target is Target.SELLER:
        return seller.state if ref == seller.pk else ""
    own = seller.listings if target is Target.LISTING else seller.reviews
    return own.filter(pk=ref).values_list("state", flat=True).first() or ""


def standing(target: Target, *, seller_ref: str, ref: str) -> StandingFact | None:
    """Return how a seller's listing, review or account stands; None where nobody told of it."""
    seller = find(Seller, seller_ref)
    state = state_of(seller, target, ref) if seller is not None else ""
    return StandingFact(text=TEXTS[state], is_gone=state in GONE, is_usual=state in USUAL) if state else None


def is_gone_for(kind: str, *, seller_ref: str, ref: str) -> bool | None:
    """Say whether a measure of that kind is needed no longer, because what it concerns is gone; None where it is unknown."""
    what = MEASURES[kind]
    found = standing(what.target, seller_ref=seller_ref, ref=ref)
    return None if found is None else found.is_gone and not what.even_if_gone


# Measures at the marketplace and their undoing: each is a switch that never ends on while nobody wants it.


CATEGORY = Text("カテゴリ", "the category")
CAP = Text("金額", "the amount")
END = Text("終わりの日時", "the moment of its end")


class TargetUnknown(Refusal, code="target-unknown", status=404):
    """Given when a measure concerns what nobody has told us of, or what is another seller's."""

    text = Text(
        "出品者「{seller}」の「{ref}」が見つかりません。番号をお確かめのうえ、通販サイトの記録を取り込んでください。",
        "Seller “{seller}” has no “{ref}”. Please check the number, or import the marketplace's records.",
    )


class AlreadyGone(Refusal, code="already-gone", status=409):
    """Given when the marketplace has told that what a measure concerns is no longer there."""

    text = Text(
        "「{ref}」は、通販サイトの記録ではもうありません。この措置は要りません。記録が古いときは、取り込み直してください。",
        "By the marketplace's records “{ref}” is gone, so the measure is not needed. If they are old, import them again.",
    )


class MeasureUnfit(Refusal, code="measure-unfit", status=422):
    """Given when a measure lacks what its kind needs, or says what its kind cannot have."""

    text = Text(
        "「{kind}」に合わない内容です：{what}。直してから、もう一度指示してください。",
        "{what} does not fit “{kind}”. Please correct it and instruct again.",
    )


class MeasureAlreadyOut(Refusal, code="measure-already-out", status=409):
    """Given when the same measure of the same matter waits with another end or amount."""

    text = Text(
        "この件の同じ措置が、別の内容で通販サイトの確認待ちです（{ref}）。通販サイトが答えてから、もう一度指示してください。",
        "The same measure of this matter still waits with other terms (“{ref}”). Please instruct again once it is answered.",
    )


class NothingToUndo(Refusal, code="nothing-to-undo", status=409):
    """Given when an instruction is no measure."""

    text = Text(
        "「{kind}」の指示は元に戻せません。まだ実行されていなければ、取りやめを頼んでください。",
        "“{kind}” cannot be undone. If it was not carried out yet, ask for it to be called back.",
    )


@memory.act()
def order_measure(
    actor: Actor,
    *,
    kind: str,
    seller_ref: str,
    target_ref: str,
    about: str,
    until: datetime | None = None,
    detail: str = "",
    amount: int = 0,
) -> str:
    """Ask the marketplace for a measure against a listing, a review or a seller; return the instruction's id.

    `detail` is the category of a measure on one, `amount` the cap of a hold (0 = all).  `until` is told, yet nothing
    lifts by it: undoing is an instruction of its own.  Asked again while it waits or stands, it is the same instruction;
    a later one with another end stands beside it.  What waits to be undone meanwhile is called back.
    """
    what = MEASURES[kind]
    may_instruct(actor)
    seller = Seller.objects.select_for_update().filter(pk=seller_ref).first()
    state = state_of(seller, what.target, target_ref) if seller else ""
    if seller is None or not state:
        raise TargetUnknown(seller=seller_ref, ref=target_ref)
    if state in GONE and not what.even_if_gone:
        raise AlreadyGone(ref=target_ref)
    unfit = {
        CATEGORY: bool(detail.strip()) != bool(what.detail),
        CAP: amount < 0 or (amount > 0 and what.amount is not Amount.CAP),
        END: until is not None and until <= actor.at,
    }
    for name, is_unfit in unfit.items():
        if is_unfit:
            raise MeasureUnfit(kind=what.title, what=name)
    wanted = Instruction(
        kind=kind,
        target=what.target,
        target_ref=target_ref,
        seller=seller,
        amount=amount,
        detail=detail,
        until=until,
        about=about,
    )
    for same in _standing(wanted).filter(about=about).order_by("-number"):
        if (same.until, same.amount) == (until, amount) and not _was_undone(same):
            return same.pk
        if same.state == InstructionState.ISSUED:
            raise MeasureAlreadyOut(ref=same.pk)
    _call_back(actor, _undone(wanted))
    return _issue(actor, wanted)


@memory.act()
def undo(actor: Actor, *, instruction: str) -> str:
    """Ask the marketplace to undo a measure, and return the id of what has to be confirmed now.

    It is empty where the marketplace has nothing to do: it refused the measure, or another matter still wants it.  A
    measure that waits is called back too; done late all the same, it is undone anew by itself.
    """
    may_instruct(actor)
    row = locked_instruction(instruction)
    if row.kind not in MEASURES:
        raise NothingToUndo(kind=KINDS[row.kind].title)
    ours = _given(row).filter(about=row.about)
    ours.filter(undone_at__isnull=True).update(undone_at=actor.at)  # what was refused may turn out to be done
    _call_back(actor, ours)
    asked = _undoings(row).filter(about=row.about, number__gt=ours.latest("number").number).last()
    if asked is not None and asked.state != InstructionState.REFUSED:
        return asked.pk
    if _in_force(row).exists():
        return ""
    if not ours.exclude(state=InstructionState.REFUSED).exists():
        put_right(actor, row)  # what another matter would have had undone waited for this one
        return ""
    _call_back(actor, _given(row))
    return _issue(actor, _undoing(row))


def turn_wish(actor: Actor, row: Instruction) -> None:
    """Note what the matter wants once an instruction is called back: no measure any more, or the measure after all."""
    measure = row.undoes or row
    if measure.kind in MEASURES:
        measure.undone_at = None if row.undoes else actor.at
        measure.save(update_fields=["undone_at"])


def next_number(row: Instruction) -> int | None:
    """Return the next number of what is given and answered about a seller's measures; None for an order."""
    if row.target == Target.ORDER:
        return None
    last = Instruction.objects.filter(seller=row.seller_id).aggregate(
        given=Max("number"), answered=Max("answered")
    )
    return max(last["given"] or 0, last["answered"] or 0) + 1


def put_right(actor: Actor, row: Instruction) -> None:
    """See after an answer that what is wanted was given after the opposite was last done; else give it anew.

    It was not where something was carried out although it had been called back: nobody knows in which order.  What the
    marketplace cannot do is not given anew by itself: a person has it given again.
    """
    if row.target == Target.ORDER:
        return
    standing = _standing(row).last()
    is_refused = row.state == InstructionState.REFUSED and row.recalled_at is None
    if standing and is_refused and not row.undoes_id and row.about == standing.about:
        return
    if standing is None and _in_force(row).exists():
        return
    opposite = _undone(row) if standing else _given(row)
    done = opposite.filter(state=InstructionState.CONFIRMED).order_by("answered").last()
    wanted = _standing(row) if standing else _undoings(row)
    last = wanted.last()
    if done is None or (last and (last.number or 0) > _answered(done)) or wanted.filter(IS_OPEN).exists():
        return
    _issue(actor, _anew(standing, actor.at) if standing else _undoing(done))


def _was_undone(row: Instruction) -> bool:
    """Say whether the opposite of what was done was done after it, though somebody still wants it."""
    done = _undone(row).filter(state=InstructionState.CONFIRMED).order_by("answered").last()
    return row.state == InstructionState.CONFIRMED and done is not None and _answered(done) > _answered(row)


def _answered(row: Instruction) -> int:
    return row.answered or 0


def _given(row: Instruction) -> QuerySet[Instruction]:
    """Return every giving of the measure that the row gives or undoes, in order."""
    return _of_kind(row, KINDS[row.kind].undoes or row.kind)


def _undone(row: Instruction) -> QuerySet[Instruction]:
    """Return every undoing of that measure, in order."""
    return _of_kind(row, UNDOING[KINDS[row.kind].undoes or row.kind].code)


def _undoings(row: Instruction) -> QuerySet[Instruction]:
    """Return the undoings that count: not those that were called back, unless it was too late."""
    return _undone(row).exclude(~Q(state=InstructionState.CONFIRMED), recalled_at__isnull=False)


def _of_kind(row: Instruction, kind: str) -> QuerySet[Instruction]:
    same = Instruction.objects.filter(target_ref=row.target_ref, kind=kind, detail=row.detail)
    return same.order_by("number")


def _standing(row: Instruction) -> QuerySet[Instruction]:
    """Return the givings of that measure that somebody still wants."""
    return _given(row).filter(undone_at__isnull=True).exclude(state=InstructionState.REFUSED)


def _in_force(row: Instruction) -> QuerySet[Instruction]:
    """Return the givings for which the measure is not undone: those that stand, and a hiding of a listing that was refused.

    A person decides what follows from that; until then nothing shows the listing, whoever else wants it hidden no more.
    """
    decided_on = Q(kind=HIDE_LISTING.code, recalled_at__isnull=True)
    return _given(row).filter(decided_on | ~Q(state=InstructionState.REFUSED), undone_at__isnull=True)


def _call_back(actor: Actor, rows: QuerySet[Instruction]) -> None:
    for row in rows.filter(IS_OPEN):
        call_back(actor, row)


def _undoing(row: Instruction) -> Instruction:
    """Return what undoes the measure, for the matter that gave it."""
    undoing = UNDOING[row.kind].code
    return Instruction(kind=undoing, undoes=row, **{name: getattr(row, name) for name in _SAME})


def _anew(row: Instruction, at: datetime) -> Instruction:
    """Return the same measure to be given once more."""
    until = row.until if row.until and row.until > at else None
    same = {name: getattr(row, name) for name in (*_SAME, "kind", "amount")}
    return Instruction(until=until, **same)


def _issue(actor: Actor, row: Instruction) -> str:
    row.number = next_number(row)
    return issue(actor, row)


_SAME = ("target", "target_ref", "seller_id", "detail", "about")
