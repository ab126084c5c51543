"""A payout run: read from a file, ordered once, its file written and verified, or called off; cut off anywhere, it goes on."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from django.db.models import Max

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import leads_elsewhere
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.banks.account import account as bank_account
from mamori.japan.calendar import JAPAN, bank_day_from, why_banks_close
from mamori.japan.written import reasoned
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.orders import Payment, Sender, sender
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.writing import MOST_PAYMENTS, MOST_TOTAL, NotABankDay, written
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from mamori.rooms.payouts import actions, matters, situations
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.actions import Asked, decide_all
from mamori.rooms.payouts.events import RunWritten
from mamori.rooms.payouts.lifecycle import RUN, RunState, TransferState
from mamori.rooms.payouts.models import Account, Line, Payout, Run, Transfer
from mamori.rooms.payouts.refusals import Kept, PayeeErased, PayoutRefWrong, RunCalledOff, RunNotFixed
from mamori.rooms.payouts.rules import is_ref


class PayerNotSet(Refusal, code="payer-not-set", status=422):
    """Given when it is not set who pays, or not whole."""

    text = Text(
        "振込を依頼する側の設定がまだです。payouts.payer_code（10桁）、payouts.payer_name（カナ）、payouts.payer_account"
        "（銀行-支店-種目-口座番号、例 0001-001-1-1234567）を、設定の画面か mamori set で入力してください。",
        "It is not set who orders the transfers. Please set payouts.payer_code (10 digits), payouts.payer_name (kana) and "
        "payouts.payer_account (bank-branch-kind-number, such as 0001-001-1-1234567) on the settings page or with mamori set.",
    )


def said(at: datetime) -> dict[str, str]:
    """Return what the settings say of who pays, to be kept with a run."""
    parts = {
        "code": terms.setting(PAYER_CODE, at=at),
        "name": terms.setting(PAYER_NAME, at=at),
        "account": terms.setting(PAYER_ACCOUNT, at=at),
    }
    if not all(parts.values()) or not re.fullmatch(r"\d{4}-\d{3}-\d-\d{7}", parts["account"]):
        raise PayerNotSet
    return parts


def sender_of(parts: dict[str, str]) -> Sender:
    """Return who pays, as a file names it."""
    bank, branch, kind, number = parts["account"].split("-")
    found = bank_account(bank=bank, branch_code=branch, kind=kind, number=number)
    return sender(code=parts["code"], name=parts["name"], account=found)


# A payout run: lines taken, what may be paid ordered once, the file written and verified; cut off anywhere, it goes on there.


BATCH = 500
MOST_DAYS = 60
"""A file names the day without its year, so that it cannot lie far ahead."""


class RunDiffers(Refusal, code="run-differs", status=409):
    """Given when a run is begun again for another day."""

    text = Text(
        "作業「{run}」は{day}の振込として始まっています。同じ日で続けるか、別の名前を付けてください。",
        "The run “{run}” was begun for {day}. Please go on with that day, or give it another name.",
    )


class DayWrong(Refusal, code="run-day-wrong", status=422):
    """Given when a run is to pay on a day that is over, or far ahead."""

    text = Text(
        "振込日{day}にはできません。今日から{most}日先までの、銀行の営業日にしてください。",
        "{day} cannot be the day of payment. Please choose a day on which banks are open, from today to {most} days ahead.",
    )


class NoSuchRun(Refusal, code="no-such-run", status=404):
    """Given when there is no run of that name."""

    text = Text(
        "作業「{run}」は見つかりません。名前を確かめてください。",
        "There is no run “{run}”. Please check its name.",
    )


class RunClosed(Refusal, code="run-closed", status=409):
    """Given when lines come for a run of which it is fixed what it pays."""

    text = Text(
        "作業「{run}」は、支払うものがもう決まっています。足りない行は、新しい名前の作業で送ってください。",
        "What the run “{run}” pays is fixed already. Please send further lines in a run of a new name.",
    )


@dataclass(frozen=True, slots=True)
class RunRow:
    """A line of a run: its number from 1, and what is asked for, or what is wrong with it."""

    number: int
    asked: Asked | None
    refusal: Refusal | None = None


def begin_run(actor: Actor, *, ref: str, pays_on: date) -> int:
    """Begin a run for the day on which the bank pays, or go on with the one of that name; return its row."""
    if not is_ref(ref):
        raise PayoutRefWrong(ref=ref[:64])
    known = Run.objects.filter(ref=ref).first()
    if known is not None:
        if known.pays_on != pays_on:
            raise RunDiffers(run=ref, day=known.pays_on.isoformat())
        return known.pk
    if leads_elsewhere(ref):
        raise PayoutRefWrong(ref=ref[:64])
    today = actor.at.astimezone(JAPAN).date()
    if not today <= pays_on <= today + timedelta(days=MOST_DAYS):
        raise DayWrong(day=pays_on.isoformat(), most=MOST_DAYS)
    why = why_banks_close(pays_on)
    if why is not None:
        raise NotABankDay(day=pays_on.isoformat(), why=why, next=bank_day_from(pays_on).isoformat())
    parts = said(actor.at)
    sender_of(parts)
    with memory.act():
        run, is_new = Run.objects.get_or_create(
            ref=ref, defaults={"pays_on": pays_on, "payer": parts, "begun_at": actor.at}
        )
        if is_new:
            record_run(actor, run, "begin_run")
    return run.pk


def take_lines(actor: Actor, *, run: int, rows: Sequence[RunRow]) -> None:
    """Answer on each line of a run and keep what was asked; a line that was taken already is left as it is."""
    with memory.act():
        found = the_run(run, lock=True)
        if found.state != RunState.TAKING:
            raise RunClosed(run=found.ref)
        asked = [row.asked for row in rows if row.asked is not None]
        _, refused = decide_all(actor, asked=asked)
        places = iter(range(len(asked)))
        lines = [_line(found, row, refused.get(next(places)) if row.asked else row.refusal) for row in rows]
        kept = set(
            found.lines.filter(number__in=[row.number for row in rows]).values_list("number", flat=True)
        )
        Line.objects.bulk_create(line for line in lines if line.number not in kept)


def _line(run: Run, row: RunRow, refusal: Refusal | None) -> Line:
    asked = row.asked
    return Line(
        run=run,
        number=row.number,
        payout_ref=_kept(asked.ref) if asked else "",
        seller_ref=_kept(asked.seller_ref) if asked else "",
        amount=max(-(2**63), min(asked.amount, 2**63 - 1)) if asked else 0,
        refused=refusal.code if refusal else "",
        values={name: str(value) for name, value in refusal.values.items()} if refusal else {},
    )


def _kept(ref: str) -> str:
    """Return a reference as it can be kept, whatever somebody wrote."""
    return ref.replace("\0", "")[:64]


def add_lines(actor: Actor, *, run: int, asked: Sequence[Asked]) -> None:
    """Answer on more lines of a run, numbered on from the last; a payout that stands in the run already is not taken twice."""
    with memory.act():
        the_run(run, lock=True)
        mine = Line.objects.filter(run=run)
        known = set(
            mine.filter(payout_ref__in=[one.ref for one in asked]).values_list("payout_ref", flat=True)
        )
        last = mine.aggregate(last=Max("number"))["last"] or 0
        new = [one for one in asked if one.ref not in known]
        take_lines(actor, run=run, rows=[RunRow(last + at, one) for at, one in enumerate(new, start=1)])


def order_run(actor: Actor, *, run: int) -> None:
    """Fix what a run pays: all that is ready, each asked once more; in batches, so that a run cut off goes on."""
    the_run(run)
    for refs in _ready_sellers():
        with memory.act():
            found = the_run(run, lock=True)
            if found.state != RunState.TAKING:  # whoever was quicker has fixed it
                return
            more = _order(actor, found, refs)
            found.count, found.total = found.count + len(more), found.total + sum(one.amount for one in more)
            found.save(update_fields=("count", "total"))
    with memory.act():
        found = the_run(run, lock=True)
        if (
            found.state == RunState.TAKING and found.count
        ):  # a run of nothing stays open for what is ready later
            found.state = RUN.take("order", RunState(found.state), Role.MACHINE).value
            found.save(update_fields=("state",))
            record_run(actor, found, "order_run", count=found.count, total=found.total)


def the_run(run: int, *, lock: bool = False) -> Run:
    """Return the run."""
    rows = Run.objects.select_for_update() if lock else Run.objects.all()
    found = rows.filter(pk=run).first()
    if found is None:
        raise NoSuchRun(run=run)
    return found


def _ready_sellers() -> Iterator[list[str]]:
    """Return the sellers to whom something is ready to go, batch by batch."""
    ready = Transfer.objects.filter(state=TransferState.READY.value)
    refs = sorted(set(ready.values_list("account__payee", flat=True)))
    for at in range(0, len(refs), BATCH):
        yield refs[at : at + BATCH]


def _order(actor: Actor, run: Run, refs: Sequence[str]) -> list[Transfer]:
    """Order what is ready of these sellers and still right, as far as the file has room; return it."""
    matters.lock(refs)
    # Between the gate's word and the file something may have come up, so that it is asked again.
    known = sorted(situations.known(refs))
    rows = Payout.objects.filter(
        payee__in=known, transfers__state=TransferState.READY.value, transfers__agreed=False
    )
    found = list(rows.distinct().order_by("id"))
    if found:
        actions.decide(actor, found, situations.gate(known, actor.at), verb="reconsider")
    fit: list[Transfer] = []
    total = run.total
    for one in _payable(actor, refs):
        if run.count + len(fit) >= MOST_PAYMENTS or total + one.amount > MOST_TOTAL:
            break
        fit.append(one)
        total += one.amount
    Transfer.objects.filter(pk__in=[one.pk for one in fit]).update(run=run, state=TransferState.ORDERED.value)
    return fit


def _ready(refs: Sequence[str]) -> tuple[list[Transfer], dict[int, details.Details]]:
    """Return what is ready of these sellers, and their open accounts by the row's id."""
    rows = Transfer.objects.filter(state=TransferState.READY.value, account__payee__in=refs)
    open_ = Account.objects.filter(payee__in=refs, closed_at__isnull=True)
    return list(rows.order_by("id")), details.opened_all(open_.values_list(*details.COLUMNS, named=True))


def _payable(actor: Actor, refs: Sequence[str]) -> list[Transfer]:
    """Return what is ready and can be written; what cannot is taken back, and what was decided anew by that looked up again."""
    ready, accounts = _ready(refs)
    fit = {one.pk for one in ready if _is_payable(one, accounts.get(one.account_id))}
    if len(fit) < len(ready):
        for one in ready:
            if one.pk not in fit:
                _take_back(actor, one)
        ready, accounts = _ready(refs)
        fit = {one.pk for one in ready if _is_payable(one, accounts.get(one.account_id))}
    return [one for one in ready if one.pk in fit]


def _take_back(actor: Actor, transfer: Transfer) -> None:
    """Take back what cannot be written: its account, bank, branch or seller is no more, and it waits for another account."""
    transfer.refresh_from_db()
    if transfer.state != TransferState.READY:
        return
    Account.objects.filter(pk=transfer.account_id, closed_at__isnull=True).update(bounced_at=actor.at)
    actions.close_transfer(transfer, "take_back", actor.at, because="account-gone")
    gate = situations.gate([transfer.account.payee_id], actor.at)
    actions.decide(actor, [transfer.payout] if transfer.payout else [], gate, verb="reconsider")


def _is_payable(transfer: Transfer, holds: details.Details | None) -> bool:
    try:
        return holds is not None and bool(holds.paid(transfer.amount, transfer.pk))
    except Refusal:
        return False


def record_run(actor: Actor, run: Run, verb: str, reason: str = "", **more: object) -> None:
    """Put an act on a run on record."""
    ledger.record(
        actor,
        kind=f"payouts.{verb}",
        subject=ledger.MARKET,
        about=f"payouts.run:{run.ref}",
        reason=reason,
        payload={"run": run.ref, "pays_on": run.pays_on.isoformat(), **more},
    )


# The file of a run whose payments are fixed: verified by the reader before it is handed out, and the same however often.


class FileNotGood(Refusal, code="transfer-file-not-good", status=409):
    """Given when the verified file is not what was meant to be paid: it is not handed out."""

    text = Text(
        "作った振込データの検査で誤りが見つかったため、渡しません（{fault}）。銀行には送らず、記録を添えて開発者にお知らせください。",
        "The file of transfers was verified and is not good, so it is not handed out ({fault}). Please send nothing to the "
        "bank and report it with the record.",
    )


def write_run(actor: Actor, *, run: int) -> bytes:
    """Return the file of a run whose payments are fixed: the same bytes however often, verified by the reader before."""
    found = the_run(run)
    if found.state == RunState.CALLED_OFF:
        raise RunCalledOff(run=found.ref)
    meant = list(_payments(found))
    sender = sender_of(found.payer)
    content = written(sender, meant, on=found.pays_on)
    reading = read(content, on=found.pays_on)
    faults = [*reading.faults, *differences(reading, sender, meant)]
    digest = hashlib.sha256(content).hexdigest()
    if faults:
        raise FileNotGood(fault=faults[0].sentence)
    _hand_out(actor, run, digest)
    return content


def _hand_out(actor: Actor, run: int, digest: str) -> None:
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
        found.digest, found.closed_at = digest, actor.at
        found.save(update_fields=("state", "digest", "closed_at"))
        record_run(actor, found, "write_run", digest=digest, count=found.count, total=found.total)
        outbox.publish(
            RunWritten(
                subject=f"payouts.run:{found.ref}", run=found.ref, count=found.count, total=found.total
            ),
            at=actor.at,
        )


def _payments(run: Run) -> Iterator[Payment]:
    used = Account.objects.filter(transfers__run=run)
    accounts = details.opened_all(used.values_list(*details.COLUMNS, named=True))
    rows = Transfer.objects.filter(run=run).order_by("id")
    for number, amount, account in rows.values_list("pk", "amount", "account_id"):
        if account not in accounts:
            raise PayeeErased(run=run.ref)
        yield accounts[account].paid(amount, number)


BECAUSE = "run-called-off"


def call_off_run(actor: Actor, *, run: int, reason: Kept) -> None:
    """Call off a run that has no file yet, for good; told again, it goes on with what was left when it was cut off.

    Ordering takes one actor, so that this does; what two people let go stays let go.
    """
    reason = reasoned(reason)
    with memory.act():
        found = the_run(run, lock=True)
        if found.state != RunState.CALLED_OFF:
            found.state = RUN.take("call_off", RunState(found.state), actor.role).value
            found.closed_at = actor.at
            found.save(update_fields=("state", "closed_at"))
            record_run(actor, found, "call_off_run", reason, count=found.count, total=found.total)
    while refs := _payees(run):
        with memory.act():
            _free(actor, run, refs)


def _payees(run: int) -> list[str]:
    """Return some of the sellers to whom something of the run is still ordered."""
    rows = Transfer.objects.filter(run=run, state=TransferState.ORDERED.value).order_by("account__payee")
    return list(rows.values_list("account__payee", flat=True).distinct()[:BATCH])


def _free(actor: Actor, run: int, refs: Sequence[str]) -> None:
    """Put back what two people let go and the yen of tests; take back the rest, and let the gate answer on it anew."""
    matters.lock(refs)
    ordered = Transfer.objects.filter(run=run, account__payee__in=refs, state=TransferState.ORDERED.value)
    anew = list(ordered.filter(payout__isnull=False, agreed=False).values_list("pk", "payout"))
    back = {"state": TransferState.TAKEN_BACK.value, "closed_at": actor.at, "because": BECAUSE}
    ordered.filter(pk__in=[transfer for transfer, _ in anew]).update(**back)
    ordered.update(state=TransferState.READY.value, run=None)
    rows = list(Payout.objects.filter(pk__in={payout for _, payout in anew}).order_by("id"))
    actions.decide(actor, rows, situations.gate(refs, actor.at), verb="reconsider")


# A file of payouts to be made, as a marketplace writes it: CSV with `ref,seller,amount`, or NDJSON of the same three.


COLUMNS = ["ref", "seller", "amount"]
MOST_LINES = 999_999
LONGEST = 19


class FileNotText(Refusal, code="payout-file-not-text", status=422):
    """Given when a file of payouts is not UTF-8, or empty."""

    text = Text(
        "ファイルを読めません。UTF-8 の CSV（1行目は ref,seller,amount）か NDJSON で保存し直してください。"
        "何も支払われていません。",
        "The file cannot be read. Please save it anew in UTF-8, as CSV (first line ref,seller,amount) or as NDJSON. "
        "Nothing was paid.",
    )


class FileBroken(Refusal, code="payout-file-broken", status=422):
    """Given when a quotation mark stands out of place: nothing of the file is taken."""

    text = Text(
        "{line}行目の引用符（”）が正しく閉じていません。直してからもう一度お試しください。何も支払われていません。",
        "A quotation mark in line {line} is out of place. Please put it right and try again. Nothing was paid.",
    )


class FileTooLong(Refusal, code="payout-file-too-long", status=422):
    """Given when a file holds more payouts than one file of transfers can."""

    text = Text(
        "1つのファイルは999,999行までです。分けてください。何も支払われていません。",
        "A file holds 999,999 lines at most. Please split it. Nothing was paid.",
    )


class LineUnreadable(Refusal, code="payout-line-unreadable", status=422):
    """Given in the place of a line that is no payout."""

    text = Text(
        "この行は読めません。ref,seller,amount の3つを、金額はカンマや小数のない整数の円で書いてください。",
        "This line cannot be read. Please give ref, seller and amount, the amount in whole yen without commas or fractions.",
    )


class LineTwice(Refusal, code="payout-line-twice", status=422):
    """Given when a payout stands in a file twice: it is paid once."""

    text = Text(
        "支払い「{payout}」は{first}行目にもあります。支払うのは1回だけです。別の支払いなら、別の番号を付けてください。",
        "The payout “{payout}” stands in line {first}, too. It is paid once; if this is another one, please give it "
        "its own number.",
    )


class _Said(msgspec.Struct, forbid_unknown_fields=True):
    ref: str
    seller: str
    amount: int


def read_lines(content: bytes) -> list[RunRow]:
    """Return every line of a file of payouts, numbered as it stands there; what is wrong with one is told in its place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileNotText from None
    if not text.strip() or "\0" in text:
        raise FileNotText
    found: list[RunRow] = []
    first: dict[str, int] = {}
    for number, asked in _json(text) if text.lstrip().startswith("{") else _table(text):
        if asked is not None and asked.ref in first:
            twice = LineTwice(payout=asked.ref, first=first[asked.ref])
            found.append(RunRow(number, None, twice))
            continue
        if asked is not None:
            first[asked.ref] = number
        found.append(RunRow(number, asked, None if asked else LineUnreadable()))
        if len(found) > MOST_LINES:
            raise FileTooLong
    if not found:
        raise FileNotText
    return found


def _json(text: str) -> Iterator[tuple[int, Asked | None]]:
    decoder = msgspec.json.Decoder(_Said)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            said = decoder.decode(line)
            yield number, Asked(said.ref, said.seller, said.amount, by_run=True)
        except msgspec.MsgspecError:
            yield number, None


def _table(text: str) -> Iterator[tuple[int, Asked | None]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if [name.strip() for name in next(rows)] != COLUMNS:
            raise FileNotText
        for cells in rows:
            if cells:
                yield rows.line_num, _asked([cell.strip() for cell in cells])
    except csv.Error:  # a quotation mark out of place: nobody can tell where the lines behind it begin
        raise FileBroken(line=rows.line_num) from None


def _asked(cells: list[str]) -> Asked | None:
    if len(cells) != len(COLUMNS):
        return None
    ref, seller, amount = cells
    digits = amount.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST):
        return None
    return Asked(ref, seller, int(amount), by_run=True)
