"""A 総合振込 file written from who orders and what is paid: header, data, trailer, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.banks.account import Account
from mamori.japan.calendar import bank_day_from, why_banks_close
from mamori.japan.zengin.orders import LEGAL, Payment, Sender, transfer_letters

# 総合振込: the four records of 120 bytes, field by field, and a record rendered from its fields.


WIDTH = 120
ENCODING = "cp932"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its first byte counted from 1, how many bytes, of which sort, and what always stands there."""

    name: str
    at: int
    width: int
    sort: Literal["N", "C"]
    title: Text
    always: str | None = None

    def filled(self, value: str) -> str:
        """Return the value in the field's width.

        :raises ValueError: when it does not fit or holds what may not stand there.
        """
        is_fit = value.isdecimal() and value.isascii() if self.sort == "N" else LEGAL.issuperset(value)
        if len(value) > self.width or not is_fit:
            raise ValueError(f"{self.name}: {len(value)} letters do not fit {self.sort}({self.width})")
        return value.zfill(self.width) if self.sort == "N" else value.ljust(self.width)


_BLANK = Text("空白", "blank")

HEADER = (
    Field("record", 1, 1, "N", Text("データ区分", "record"), "1"),
    Field("sort", 2, 2, "N", Text("種別コード（総合振込）", "sort of file: transfers"), "21"),
    Field("code", 4, 1, "N", Text("コード区分（JIS）", "encoding: JIS"), "0"),
    Field("sender_code", 5, 10, "N", Text("振込依頼人コード", "code of who orders, given by the bank")),
    Field("sender_name", 15, 40, "C", Text("振込依頼人名", "name of who orders")),
    Field("day", 55, 4, "N", Text("振込指定日（月日）", "day of payment, MMDD")),
    Field("bank", 59, 4, "N", Text("仕向銀行番号", "paying bank")),
    Field("bank_name", 63, 15, "C", Text("仕向銀行名", "its name")),
    Field("branch", 78, 3, "N", Text("仕向支店番号", "paying branch")),
    Field("branch_name", 81, 15, "C", Text("仕向支店名", "its name")),
    Field(
        "kind", 96, 1, "N", Text("預金種目（1普通・2当座・9その他）", "kind: 1 ordinary, 2 current, 9 other")
    ),
    Field("number", 97, 7, "N", Text("口座番号", "account number")),
    Field("blank", 104, 17, "C", _BLANK, ""),
)
DATA = (
    Field("record", 1, 1, "N", Text("データ区分", "record"), "2"),
    Field("bank", 2, 4, "N", Text("被仕向銀行番号", "bank that is paid to")),
    Field("bank_name", 6, 15, "C", Text("被仕向銀行名", "its name")),
    Field("branch", 21, 3, "N", Text("被仕向支店番号", "branch that is paid to")),
    Field("branch_name", 24, 15, "C", Text("被仕向支店名", "its name")),
    Field("clearing", 39, 4, "N", Text("手形交換所番号（使わない）", "clearing house, unused"), "0000"),
    Field(
        "kind",
        43,
        1,
        "N",
        Text("預金種目（1普通・2当座・4貯蓄・9その他）", "kind: 1 ordinary, 2 current, 4 savings, 9 other"),
    ),
    Field("number", 44, 7, "N", Text("口座番号", "account number")),
    Field("holder", 51, 30, "C", Text("受取人名", "name of who is paid")),
    Field("amount", 81, 10, "N", Text("振込金額（円）", "amount in yen")),
    Field("new", 91, 1, "N", Text("新規コード（その他）", "new: other"), "0"),
    Field(
        "reference",
        92,
        20,
        "N",
        Text("顧客コード1・2（支払いの番号）", "customer codes 1 and 2: the payment's number"),
    ),
    Field("way", 112, 1, "N", Text("振込指定区分（電信）", "way: by wire"), "7"),
    Field("edi", 113, 1, "C", Text("識別表示（EDI情報なし）", "no EDI information"), ""),
    Field("blank", 114, 7, "C", _BLANK, ""),
)
TRAILER = (
    Field("record", 1, 1, "N", Text("データ区分", "record"), "8"),
    Field("count", 2, 6, "N", Text("合計件数", "how many payments")),
    Field("total", 8, 12, "N", Text("合計金額（円）", "their sum in yen")),
    Field("blank", 20, 101, "C", _BLANK, ""),
)
END = (
    Field("record", 1, 1, "N", Text("データ区分", "record"), "9"),
    Field("blank", 2, 119, "C", _BLANK, ""),
)
RECORDS = {
    "header": (Text("ヘッダー・レコード", "Header"), HEADER),
    "data": (Text("データ・レコード", "Data, one for each payment"), DATA),
    "trailer": (Text("トレーラー・レコード", "Trailer"), TRAILER),
    "end": (Text("エンド・レコード", "End"), END),
}


def check(fields: tuple[Field, ...]) -> None:
    """Hold a record's fields to stand one after the other and to fill it."""
    at = 1
    for field in fields:
        if field.at != at:
            raise ValueError(f"{field.name} stands at {field.at} instead of {at}")
        at += field.width
    if at != WIDTH + 1:
        raise ValueError(f"the fields make {at - 1} bytes instead of {WIDTH}")


for _, _fields in RECORDS.values():
    check(_fields)


def rendered(fields: tuple[Field, ...], values: Mapping[str, str]) -> bytes:
    """Return a record of 120 bytes; values by the names of the fields that are not always the same."""
    record = "".join(
        field.filled(values[field.name] if field.always is None else field.always) for field in fields
    ).encode(ENCODING)
    if len(record) != WIDTH:
        raise ValueError(f"a record of {len(record)} bytes")
    return record


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
