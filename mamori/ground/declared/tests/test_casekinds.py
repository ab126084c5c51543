"""What rooms declare of their cases is said in words, and what nobody declared by its code."""

from __future__ import annotations

import pytest

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, act_named, case_kind, clock_named, declare

LENT = CaseKind(
    code="test.loan",
    title=Text("貸出", "loan"),
    states={"out": Text("貸出中", "lent out")},
    topics={"book": Text("本", "a book")},
    attentions={"late": Text("返却が遅い", "it is late")},
)


def test_what_is_declared_is_said_in_both_languages_and_the_rest_by_its_code() -> None:
    declare(LENT, acts={"test.lend": Text("貸した", "lent")}, clocks={"test.due": Text("返却", "the return")})

    kind = case_kind("test.loan")
    assert (kind.state("out").en, kind.topic("本").en, kind.attention("late").ja) == (
        "lent out",
        "a book",
        "返却が遅い",
    )
    assert (kind.state("gone").en, kind.topic("").en, kind.attention("odd").en) == ("gone", "—", "odd")
    assert (act_named("test.lend").en, act_named("test.odd").en) == ("lent", "test.odd")
    assert (clock_named("test.due").en, clock_named("test.odd").en) == ("the return", "test.odd")
    assert case_kind("test.unknown").title.en == "test.unknown"


def test_nothing_is_declared_twice() -> None:
    other = CaseKind(code="test.loan", title=Text("別", "another"), states={}, attentions={})
    declare(LENT, acts={"test.lend": Text("貸した", "lent")}, clocks={"test.due": Text("返却", "the return")})

    with pytest.raises(ValueError, match=r"test\.loan"):
        declare(other, acts={}, clocks={})
    with pytest.raises(ValueError, match=r"test\.lend"):
        declare(acts={"test.lend": Text("渡した", "gave")}, clocks={})
    with pytest.raises(ValueError, match=r"test\.due"):
        declare(acts={}, clocks={"test.due": Text("返す日", "the day")})
