"""How long things are kept: no default is "never", each says why, and none outlives its bounds."""

from __future__ import annotations

import pytest

from mamori.grammar.declaration import Retention
from mamori.law.retention import FILES, PERSONS, RETENTIONS


@pytest.mark.parametrize("rule", RETENTIONS, ids=lambda rule: rule.code)
def test_every_rule_has_days_and_a_reason_for_them(rule: Retention) -> None:
    assert 0 < rule.days <= rule.most
    assert rule.because.ja
    assert rule.because.en


def test_keys_outlive_the_longest_time_in_which_a_buyer_undoes_a_contract() -> None:
    five_years = 5 * 365 + 2  # with the leap days that five years can have

    assert PERSONS.days == five_years
    assert "契約から5年" in PERSONS.because.ja
    assert FILES.days < PERSONS.days


def test_an_operator_may_still_choose_never_for_keys_and_for_nothing_else() -> None:
    assert [rule.code for rule in RETENTIONS if rule.least == 0] == [PERSONS.code]
