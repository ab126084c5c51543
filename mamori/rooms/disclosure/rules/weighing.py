"""What a person decided of an element, over what the rules found: what the law plainly denies, nobody can call met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from mamori.grammar.text import Text
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure.rules.elements import ElementFound, EvidenceKind
from mamori.rooms.disclosure.rules.facts import RequestKnown
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


_FIXED = {WhyFound.NOT_ABOVE, WhyFound.BEFORE_ACT, WhyFound.NONE_OF_THE_SIX, WhyFound.NONE_HELD}
"""Sum, date and what is not held: of these nothing can be argued."""


def may_be_met(found: ElementFound, weighed: Sequence[Any] | None = None) -> bool:
    """Say whether a person may call an element met, over what was `weighed` before.

    That is what takes judgement, and what is met by the rules while a person's “not met” stands over it.
    """
    is_replaced = weighed is not None and found.verdict is ElementVerdict.MET
    return found.verdict is ElementVerdict.COUNSEL or is_replaced


def may_be_doubted(found: ElementFound) -> bool:
    """Say whether an element can be marked doubtful: not what is missing, nor sum, date and what is not held."""
    is_denied = found.verdict is ElementVerdict.NOT_MET and found.why in _FIXED
    return found.verdict is not ElementVerdict.MISSING and not is_denied


def doubted_over(
    found: Mapping[Element, ElementFound], doubts: Mapping[str, int]
) -> dict[Element, ElementFound]:
    """Return what stands once somebody marked elements doubtful: met or not met by the rules needs counsel."""
    return {element: _doubted(one, doubts.get(element.value, 0)) for element, one in found.items()}


def _doubted(found: ElementFound, times: int) -> ElementFound:
    if not times or not may_be_doubted(found):
        return found
    why = found.why if found.verdict is ElementVerdict.COUNSEL else WhyFound.DOUBTED
    return ElementFound(ElementVerdict.COUNSEL, why, found.evidence, doubted=times, under=found.why)


def doubt_of(element: Element, found: ElementFound, known: RequestKnown) -> str:
    """Return what there was to be weighed: why, every sign and doubted item that was there; a decision holds for just that."""
    items = known.doubted if element is Element.ITEMS else ()
    under = (found.under.value,) if found.under else ()
    return " ".join((found.why.value, *under, *sorted(one.value for one in known.signals), *sorted(items)))


def weighed_over(
    found: Mapping[Element, ElementFound], weighed: Mapping[str, Sequence[Any]], known: RequestKnown
) -> dict[Element, ElementFound]:
    """Return what stands of each element once persons have decided.

    That it is met holds only while the doubt is the same, that it is not until it is weighed or marked doubtful anew, and of
    doubted items no longer than any of them would be given.
    """
    return {
        element: _over(one, _still(element, one, weighed, known), doubt_of(element, one, known))
        for element, one in found.items()
    }


def _still(
    element: Element, found: ElementFound, weighed: Mapping[str, Sequence[Any]], known: RequestKnown
) -> Sequence[Any] | None:
    one = weighed.get(element.value)
    was_of_doubted = one is not None and WhyFound.ITEM_DOUBTED in one[2].split()
    are_gone = element is Element.ITEMS and bool(known.left_out) and found.why is WhyFound.ITEMS_HELD
    return None if was_of_doubted and are_gone else one


def _over(found: ElementFound, weighed: Sequence[Any] | None, doubt: str) -> ElementFound:
    if weighed is None or weighed[3] < found.doubted:
        return found
    verdict = Weighed(weighed[0])
    if verdict is Weighed.MET and not (may_be_met(found) and weighed[2] == doubt):
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
