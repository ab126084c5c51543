"""Transfers are written, verified and compared as promised, and what is planted among them is seen."""

from __future__ import annotations

from dataclasses import replace

from trials import zengin


def test_transfers_keep_their_promises_and_a_missed_fault_would_break_them() -> None:
    found = zengin.measure(2_000, seed=7)

    assert all(zengin.promises(found).values())
    assert not all(zengin.promises(replace(found, planted_traded_yen=0)).values())
    assert not all(zengin.promises(replace(found, planted_cut=0)).values())
    assert not all(zengin.promises(replace(found, total_is_right=False)).values())
    assert not all(zengin.promises(replace(found, whole_seconds=3.0)).values())
