"""What became of transfers: the bank paid, or it could not and the money waits again until its account is put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.japan.zengin.outcomes import NEXT, Outcome, Why
from mamori.japan.zengin.returns import Returned
from mamori.rooms.payouts import effects, notices, records, situations
from mamori.rooms.payouts.access import the_payout
from mamori.rooms.payouts.actions.requests import reconsider
from mamori.rooms.payouts.lifecycle import PAYOUT, PayoutState, TransferState
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.refusals import NoSuchPayout, PartUnsaid
from mamori.rooms.payouts.rules.reference import transfer_number


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row of returns that names no transfer of ours that was ordered, or a payout that went in several."""

    line: int
    ref: str


def note_paid(hand: Hand, *, payout: str, part: int = 0) -> None:
    """Take in that a payout, or the part of that number, was paid; told twice, once counts.

    :raises NoSuchPayout: when there is none of that number, or nothing of it was let go.
    """
    with memory.act():
        row = the_payout(hand, payout)
        _paid(hand, _part(row, part), row)


def note_returned(hand: Hand, *, payout: str, why: Text, part: int = 0) -> None:
    """Take in that the bank sent back a payout, or the part of that number; nothing goes to that account again by itself.

    Told twice, once counts: a message that comes late never frees what was let go after it.

    :raises NoSuchPayout: when there is none of that number, or nothing of it was let go.
    """
    with memory.act():
        row = the_payout(hand, payout)
        transfer = _part(row, part)
        if transfer.state != TransferState.RETURNED:
            _returned(hand, transfer, row, why)


def _part(row: Payout, part: int) -> Transfer:
    went = row.transfers.exclude(state__in=(TransferState.READY, TransferState.TAKEN_BACK))
    found = list(went.filter(pk=part) if part else went.order_by("id")[:2])
    if not found:
        raise NoSuchPayout
    if len(found) > 1:
        raise PartUnsaid
    return found[0]


def note_returns(hand: Hand, *, rows: Sequence[Returned]) -> list[Unknown]:
    """Take in what a bank told of many transfers by their numbers; return the rows that are none of ours.

    Told twice, once counts.
    """
    unknown = []
    for said in rows:
        with memory.act():
            transfer = _transfer(said.ref)
            if transfer is None:
                unknown.append(Unknown(said.line, said.ref))
                continue
            records.lock([transfer.account.payee_id])
            transfer.refresh_from_db()
            if said.outcome is Outcome.PAID:
                _paid(hand, transfer, transfer.payout)
            elif transfer.state != TransferState.RETURNED:
                why = NEXT[said.why or Why.OTHER][0]
                _returned(hand, transfer, transfer.payout, why)
    return unknown


def _transfer(ref: str) -> Transfer | None:
    """Return the transfer of a file that a bank means: by its twenty digits there, or by the payout where it is the only one.

    Twenty digits never mean a payout, though one of before may be called so.
    """
    rows = Transfer.objects.select_related("account", "payout").filter(run__isnull=False)
    ordered = rows.exclude(state=TransferState.TAKEN_BACK)
    number = transfer_number(ref)
    if number is not None:
        return ordered.filter(pk=min(number, 2**63 - 1)).first()
    found = list(ordered.filter(payout__ref=ref)[:2])
    return found[0] if len(found) == 1 else None


def _paid(hand: Hand, transfer: Transfer, row: Payout | None) -> None:
    if transfer.state not in (TransferState.ORDERED, TransferState.TOLD):
        return
    effects.close(transfer, "pay", hand.at)
    if row is None:
        return
    open_ = row.transfers.filter(
        state__in=(TransferState.READY, TransferState.ORDERED, TransferState.TOLD)
    ).exists()
    if row.state == PayoutState.RELEASED and not open_:
        row.state = PAYOUT.take("pay", PayoutState(row.state), Role.MACHINE).value
        row.save(update_fields=("state",))
    _record(hand, transfer, row, "note_paid")


def _returned(hand: Hand, transfer: Transfer, row: Payout | None, why: Text) -> None:
    step = "return_after" if transfer.state == TransferState.PAID else "return"
    effects.close(transfer, step, hand.at)
    Account.objects.filter(pk=transfer.account_id).update(bounced_at=hand.at)
    if row is None:
        account = transfer.account
        records.tell(account.payee_id, notices.TEST_CAME_BACK, account, hand.at, why=why)
        reconsider(hand, seller_ref=account.payee_id)
        return
    records.tell(
        row.payee_id, notices.CAME_BACK, row, hand.at, payout=row.ref, amount=f"{transfer.amount:,}", why=why
    )
    _record(hand, transfer, row, "note_returned")
    effects.decide(hand, [row], situations.gate([row.payee_id], hand.at), verb="reconsider")


def _record(hand: Hand, transfer: Transfer, row: Payout, verb: str) -> None:
    records.record(hand, row, verb, payout=row.ref, transfer=transfer.pk, amount=transfer.amount)
