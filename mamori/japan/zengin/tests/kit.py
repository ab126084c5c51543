"""A small file of transfers, its people, and hypothesis' way to others like it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from mamori.japan.banks.account import Account, AccountKind, banks, branch, branches
from mamori.japan.zengin.orders import LEGAL, MOST_REFERENCE, MOST_YEN, Payment, payment, sender
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.writing import written

DAY = date(2026, 11, 30)
OURS = Account(branch=branch("0001", "001"), kind=AccountKind.ORDINARY, number="7654321")
SHOP = Account(branch=branch("0005", "001"), kind=AccountKind.CURRENT, number="0000123")
POST = Account(branch=branch("9900", "058"), kind=AccountKind.ORDINARY, number="1234567")
WE = sender(code="1234567890", name="カ）マモリ　マーケット", account=OURS)
TWO = (
    payment(to=SHOP, holder="カ）ハナヤ", amount=1_980, reference=1),
    payment(to=POST, holder="ヤマダ　ショウタ", amount=350_000, reference=2),
)

places = st.sampled_from(sorted(banks())[::40]).flatmap(
    lambda code: st.sampled_from(sorted(branches(code).values(), key=lambda one: one.code) or [OURS.branch])
)
accounts = st.builds(
    lambda place, kind, number: Account(branch=place, kind=kind, number=f"{number:07}"),
    places,
    st.sampled_from(AccountKind),
    st.integers(0, 9_999_999),
)
holders = st.text(alphabet=sorted(LEGAL), min_size=1, max_size=40).map(lambda said: "ｱ" + said)
payments: st.SearchStrategy[Payment] = st.builds(
    lambda to, holder, amount, reference: payment(to=to, holder=holder, amount=amount, reference=reference),
    accounts,
    holders,
    st.integers(1, MOST_YEN),
    st.integers(0, MOST_REFERENCE),
)

LINES = written(WE, TWO, on=DAY)
FLAT = written(WE, TWO, on=DAY, crlf=False)
HEADER, ONE, OTHER, TRAILER, END = (FLAT[at : at + 120] for at in range(0, 600, 120))
CARRIED = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()-. " + bytes(range(0xB1, 0xE0))


def codes(content: bytes, on: date | None = DAY) -> list[str]:
    """Return the codes of the faults of a file."""
    return [one.code for one in read(content, on=on).faults]


def put(record: bytes, at: int, part: bytes) -> bytes:
    """Return a record with another part from the byte on, counted from 1."""
    return record[: at - 1] + part + record[at - 1 + len(part) :]


def lines(*records: bytes) -> bytes:
    """Return a file of these records."""
    return b"".join(record + b"\r\n" for record in records)
