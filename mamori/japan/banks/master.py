"""Banks and branches by code, kana and name, as of a known day; read from the data of `zengin-code` when first asked for.

The files of the package are read as they lie: importing it would keep all 28,944 branches in memory, used or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.folding import pressed

MOST = 20
"""How many banks or branches a search answers at most."""
_ENDINGS = (
    ("信用金庫", "信金"),
    ("信用組合", "信組"),
    ("労働金庫", "労金"),
    ("農業協同組合", "農協"),
    ("銀行", ""),
    ("支店", ""),
)


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: four digits, its name without 銀行, its kana with large letters."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a bank: three digits, its name without 支店, its kana with large letters."""

    bank: Bank
    code: str
    name: str
    kana: str


class NoSuchBank(Refusal, code="no-such-bank", status=422):
    """Given when no bank has the code."""

    text = Text(
        "銀行コード「{bank}」の金融機関は見つかりません（{as_of}現在）。コードは数字4桁です。通帳で確かめるか、銀行の名前で選び直して"
        "ください。合併などで変わっていることもあります。",
        "No bank has the code “{bank}” (as of {as_of}). A code is four digits. Please see the passbook, or choose the bank by "
        "its name; after a merger it may be another.",
    )


class NoSuchBranch(Refusal, code="no-such-branch", status=422):
    """Given when the bank has no branch with the code."""

    text = Text(
        "「{bank}」に支店コード「{branch}」の店は見つかりません（{as_of}現在）。コードは数字3桁です。通帳で確かめるか、支店の名前で選び直して"
        "ください。統合で変わっていることもあります。",
        "“{bank}” has no branch with the code “{branch}” (as of {as_of}). A code is three digits. Please see the passbook, or "
        "choose the branch by its name; branches are merged at times.",
    )


class _Entry(msgspec.Struct, frozen=True, gc=False):
    code: str
    name: str
    kana: str


_ENTRIES = msgspec.json.Decoder(dict[str, _Entry])


@cache
def _data() -> Path:
    found = find_spec("zengin_code")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "source-data" / "data"


@cache
def as_of() -> date:
    """Return the day of the data."""
    said = (_data() / "updated_at").read_text("ascii").strip()
    return date(int(said[:4]), int(said[4:6]), int(said[6:]))


@cache
def banks() -> dict[str, Bank]:
    """Return all banks by code."""
    entries = _ENTRIES.decode((_data() / "banks.json").read_bytes())
    return {code: Bank(code, one.name, one.kana) for code, one in entries.items()}


def bank(code: str) -> Bank:
    """Return the bank with the code."""
    found = banks().get(code)
    if found is None:
        raise NoSuchBank(bank=code, as_of=as_of())
    return found


@cache
def branches(bank_code: str) -> dict[str, Branch]:
    """Return a bank's branches by code."""
    of = bank(bank_code)
    entries = _ENTRIES.decode((_data() / "branches" / f"{of.code}.json").read_bytes())
    return {code: Branch(of, code, one.name, one.kana) for code, one in entries.items()}


def branch(bank_code: str, code: str) -> Branch:
    """Return the branch with the code."""
    found = branches(bank_code).get(code)
    if found is None:
        raise NoSuchBranch(bank=bank(bank_code).name, branch=code, as_of=as_of())
    return found


def banks_called(words: str) -> tuple[Bank, ...]:
    """Return the banks whose name or kana is, or else begins with, the words in any spelling; by code, at most `MOST`."""
    return _called(words, banks().values())


def branches_called(bank_code: str, words: str) -> tuple[Branch, ...]:
    """Return the branches of a bank whose name or kana is, or else begins with, the words; by code, at most `MOST`."""
    return _called(words, branches(bank_code).values())


def _called[Named: (Bank, Branch)](words: str, all_: Iterable[Named]) -> tuple[Named, ...]:
    wanted = _plain(words)
    if not wanted:
        return ()
    same, begun = [], []
    for one in all_:
        names = (_key(one.name), _key(one.kana))
        if wanted in names:
            same.append(one)
        elif any(name.startswith(wanted) for name in names):
            begun.append(one)
    return tuple((same or begun)[:MOST])


@lru_cache(maxsize=16_384)
def _key(name: str) -> str:
    return pressed(name)


def _plain(words: str) -> str:
    """Return the words folded, without the ending that the table leaves out or shortens."""
    folded = pressed(words)
    for long, short in _ENDINGS:
        if folded.endswith(long) and folded != long:
            return folded.removesuffix(long) + short
    return folded
