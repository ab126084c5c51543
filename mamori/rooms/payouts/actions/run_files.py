"""The file of a run whose payments are fixed: verified by the reader before it is handed out, and the same however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.outbox import actions as outbox
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.orders import Payment
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.writing import written
from mamori.rooms.payouts import details, payer
from mamori.rooms.payouts.actions.runs import record_run, the_run
from mamori.rooms.payouts.events import RunWritten
from mamori.rooms.payouts.lifecycle import RUN, RunState
from mamori.rooms.payouts.models import Account, Run, Transfer
from mamori.rooms.payouts.refusals import PayeeErased, RunCalledOff, RunNotFixed


class FileNotGood(Refusal, code="transfer-file-not-good", status=409):
    """Given when the verified file is not what was meant to be paid: it is not handed out."""

    text = Text(
        "作った振込データの検査で誤りが見つかったため、渡しません（{fault}）。銀行には送らず、記録を添えて開発者にお知らせください。",
        "The file of transfers was verified and is not good, so it is not handed out ({fault}). Please send nothing to the "
        "bank and report it with the record.",
    )


def write_run(hand: Hand, *, run: int) -> bytes:
    """Return the file of a run whose payments are fixed: the same bytes however often, verified by the reader before."""
    found = the_run(run)
    if found.state == RunState.CALLED_OFF:
        raise RunCalledOff(run=found.ref)
    meant = list(_payments(found))
    sender = payer.sender_of(found.payer)
    content = written(sender, meant, on=found.pays_on)
    reading = read(content, on=found.pays_on)
    faults = [*reading.faults, *differences(reading, sender, meant)]
    digest = hashlib.sha256(content).hexdigest()
    if faults:
        raise FileNotGood(fault=faults[0].sentence)
    _hand_out(hand, run, digest)
    return content


def _hand_out(hand: Hand, run: int, digest: str) -> None:
    """Note that the file goes out, unless the run was called off while it was made: what it pays is then paid by others."""
    with memory.act():
        found = the_run(run, lock=True)
        if found.state == RunState.CALLED_OFF:
            raise RunCalledOff(run=found.ref)
        if found.state == RunState.TAKING:
            raise RunNotFixed(run=found.ref)
        if found.digest not in ("", digest):
            raise FileNotGood(
                fault=Text("前に作ったものと違う", "it differs from the one that was written before")
            )
        if found.state == RunState.WRITTEN:
            return
        found.state = RUN.take("write", RunState(found.state), Role.MACHINE).value
        found.digest, found.closed_at = digest, hand.at
        found.save(update_fields=("state", "digest", "closed_at"))
        record_run(hand, found, "write_run", digest=digest, count=found.count, total=found.total)
        outbox.publish(
            RunWritten(
                subject=f"payouts.run:{found.ref}", run=found.ref, count=found.count, total=found.total
            ),
            at=hand.at,
        )


def _payments(run: Run) -> Iterator[Payment]:
    used = Account.objects.filter(transfers__run=run)
    accounts = details.opened_all(used.values_list(*details.COLUMNS, named=True))
    rows = Transfer.objects.filter(run=run).order_by("id")
    for number, amount, account in rows.values_list("pk", "amount", "account_id"):
        if account not in accounts:
            raise PayeeErased(run=run.ref)
        yield accounts[account].paid(amount, number)
