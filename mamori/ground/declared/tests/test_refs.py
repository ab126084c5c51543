"""A reference stands in addresses: what would lead from there to elsewhere is known."""

from __future__ import annotations

import pytest

from mamori.ground.declared.records import leads_elsewhere


@pytest.mark.parametrize("ref", [".", "..", "a/../b", "a/./b", "../x", "x/..", "/x", "x/", "a//b", "/"])
def test_steps_and_slashes_with_nothing_beside_them_lead_elsewhere(ref: str) -> None:
    assert leads_elsewhere(ref)


@pytest.mark.parametrize(
    "ref", ["...", ".a", "a.", "a..b", "2026/11/7", "=1+1", "@shop", "-", "%2e%2e", "a?b#c"]
)
def test_what_only_looks_odd_stays_where_it_is(ref: str) -> None:
    assert not leads_elsewhere(ref)
