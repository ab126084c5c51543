"""A 総合振込 file written from who orders and what is paid: header, data, trailer, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.bankdays import bank_day_from, why_banks_close
from mamori.japan.banks.account import Account
from mamori.japan.zengin.layout import DATA, END, HEADER, TRAILER, rendered
from mamori.japan.zengin.letters import transfer_letters
from mamori.japan.zengin.orders import Payment, Sender

MOST_PAYMENTS = 999_999
MOST_TOTAL = 999_999_999_999
NAME_OF_BANK = 15


class NothingToPay(Refusal, code="nothing-to-pay", status=422):
    """Given when a file would hold no payment."""

    text = Text(
        "振り込むものが1件もないので、ファイルを作りません。保留の理由を一覧で確かめてください。",
        "There is nothing to pay, so no file is made. Please look at the list for why payments are held.",
    )


class TooMuchForOneFile(Refusal, code="too-much-for-one-file", status=422):
    """Given when count or sum outgrow the trailer."""

    text = Text(
        "1つのファイルに入るのは999,999件、合計999,999,999,999円までです（今は{count}件、{total}円）。ファイルを分けてください。",
        "A file holds 999,999 payments and 999,999,999,999 yen in all at most (these are {count} and {total} yen). Please make "
        "several files.",
    )


class NotABankDay(Refusal, code="not-a-bank-day", status=422):
    """Given when banks are closed on the day of payment."""

    text = Text(
        "{day}は銀行が休みです（{why}）。振込日を、次の営業日の{next}などに変えてください。",
        "Banks are closed on {day} ({why}). Please choose another day of payment, such as {next}, the next one they are open.",
    )


def written(sender: Sender, payments: Sequence[Payment], *, on: date, crlf: bool = True) -> bytes:
    """Return the file, encoded in cp932; with `crlf` each record of 120 bytes ends with CR and LF."""
    count, total = len(payments), sum(one.amount for one in payments)
    if not payments:
        raise NothingToPay
    if count > MOST_PAYMENTS or total > MOST_TOTAL:
        raise TooMuchForOneFile(count=f"{count:,}", total=f"{total:,}")
    if why := why_banks_close(on):
        raise NotABankDay(day=on, why=why, next=bank_day_from(on))
    header = {"sender_code": sender.code, "sender_name": sender.name, "day": f"{on:%m%d}"}
    records = [
        rendered(HEADER, header | _place(sender.account)),
        *(rendered(DATA, _payment(one)) for one in payments),
        rendered(TRAILER, {"count": str(count), "total": str(total)}),
        rendered(END, {}),
    ]
    end = b"\r\n" if crlf else b""
    return end.join(records) + end


def _payment(one: Payment) -> dict[str, str]:
    said = {"holder": one.holder, "amount": str(one.amount), "reference": str(one.reference)}
    return said | _place(one.to)


def _place(account: Account) -> dict[str, str]:
    branch = account.branch
    return {
        "bank": branch.bank.code,
        "bank_name": _name(branch.bank.kana),
        "branch": branch.code,
        "branch_name": _name(branch.kana),
        "kind": account.kind.value,
        "number": account.number,
    }


@lru_cache(maxsize=4096)
def _name(kana: str) -> str:
    return transfer_letters(kana)[:NAME_OF_BANK]
