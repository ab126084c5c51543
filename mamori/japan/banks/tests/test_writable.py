"""Every bank and branch of the table can stand in a transfer as it is, in fifteen bytes."""

from __future__ import annotations

import pytest

from mamori.japan.banks.account import Bank, banks, branches
from mamori.japan.zengin.orders import NotForTransfer, transfer_letters
from mamori.japan.zengin.writing import NAME_OF_BANK


def unwritable(names: list[str]) -> list[str]:
    """Return the names that are too long for a transfer or hold what none carries."""
    found = []
    for name in names:
        try:
            if not 0 < len(transfer_letters(name)) <= NAME_OF_BANK:
                found.append(name)
        except NotForTransfer:
            found.append(name)
    return found


def test_every_name_of_the_table_fits_a_transfer() -> None:
    names = [one.kana for one in banks().values()]
    names += [one.kana for code in banks() for one in branches(code).values()]

    assert len(names) > 28_000
    assert unwritable(names) == []


@pytest.mark.parametrize("planted", ["シヨウワノモリチユウオウニシ", "第一", "", "ガギグゲゴザジズ"])
def test_a_planted_name_that_does_not_fit_is_found(planted: str) -> None:
    long = Bank("9999", "x", planted + ("アイ" if planted.startswith("シ") else ""))

    assert unwritable([long.kana]) == [long.kana]
