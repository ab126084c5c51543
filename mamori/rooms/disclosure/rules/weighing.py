"""What a person decided of an element, over what the rules found: what the law plainly denies, nobody can call met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure.rules.elements import ElementFound, EvidenceKind
from mamori.rooms.disclosure.rules.facts import Signal
from mamori.rooms.disclosure.rules.whys import WhyFound


class Weighed(StrEnum):
    """What a person may decide of an element."""

    MET = "met"
    NOT_MET = "not_met"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return ElementVerdict(self.value).text


class DecisionKind(StrEnum):
    """What is proposed."""

    DISCLOSE = "disclose"
    REFUSE = "refuse"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KINDS[self]


_KINDS = {
    DecisionKind.DISCLOSE: Text("開示する", "disclose"),
    DecisionKind.REFUSE: Text("開示しない", "refuse"),
}
_WHYS = {Weighed.MET: WhyFound.PERSON_MET, Weighed.NOT_MET: WhyFound.PERSON_NOT_MET}


def may_be_met(found: ElementFound) -> bool:
    """Say whether a person may call an element met: only what takes judgement, not what is denied, missing or met already."""
    return found.verdict is ElementVerdict.COUNSEL


def doubt_of(found: ElementFound, signals: Sequence[Signal]) -> str:
    """Return what there was to be weighed: why, and every sign that was there; a decision holds for just that."""
    return " ".join((found.why.value, *sorted(one.value for one in signals)))


def weighed_over(
    found: Mapping[Element, ElementFound],
    weighed: Mapping[str, Sequence[str]],
    signals: Sequence[Signal] = (),
) -> dict[Element, ElementFound]:
    """Return what stands of each element once persons have decided: that it is met, only while the doubt is the same."""
    return {element: _over(one, weighed.get(element.value), signals) for element, one in found.items()}


def _over(found: ElementFound, weighed: Sequence[str] | None, signals: Sequence[Signal]) -> ElementFound:
    if weighed is None:
        return found
    verdict, is_same = Weighed(weighed[0]), weighed[2] == doubt_of(found, signals)
    if verdict is Weighed.MET and not (may_be_met(found) and is_same):
        return found
    return ElementFound(ElementVerdict(verdict.value), _WHYS[verdict], (EvidenceKind(weighed[1]),))


def may_disclose(found: Mapping[Element, ElementFound]) -> bool:
    """Say whether everything is met, each on evidence."""
    return all(one.verdict is ElementVerdict.MET for one in found.values())


def may_refuse(found: Mapping[Element, ElementFound]) -> bool:
    """Say whether there is a reason to refuse: something is not met, or was never sent."""
    return any(one.verdict in (ElementVerdict.NOT_MET, ElementVerdict.MISSING) for one in found.values())


def is_partly(given: Sequence[str], asked: Sequence[str]) -> bool:
    """Say whether less is given than was asked for of the six."""
    return any(one.value in asked and one.value not in given for one in SellerItem)
