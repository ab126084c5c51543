"""What a person decided of an element, over what the rules found: what the law plainly denies, nobody can call met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import Element, SellerItem, Verdict
from mamori.rooms.disclosure.rules.elements import Evidence, Found
from mamori.rooms.disclosure.rules.whys import Why


class Weighed(StrEnum):
    """What a person may decide of an element."""

    MET = "met"
    NOT_MET = "not_met"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return Verdict(self.value).text


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
_WHYS = {Weighed.MET: Why.PERSON_MET, Weighed.NOT_MET: Why.PERSON_NOT_MET}


def may_be_met(found: Found) -> bool:
    """Say whether a person may call an element met: not what the law denies, nor what is still missing."""
    return found.verdict in (Verdict.MET, Verdict.COUNSEL)


def weighed_over(
    found: Mapping[Element, Found], weighed: Mapping[str, Sequence[str]]
) -> dict[Element, Found]:
    """Return what stands of each element once persons have decided; what changed since so that it is denied stays denied."""
    return {element: _over(one, weighed.get(element.value)) for element, one in found.items()}


def _over(found: Found, weighed: Sequence[str] | None) -> Found:
    if weighed is None:
        return found
    verdict = Weighed(weighed[0])
    if verdict is Weighed.MET and not may_be_met(found):
        return found
    return Found(Verdict(verdict.value), _WHYS[verdict], (Evidence(weighed[1]),))


def may_disclose(found: Mapping[Element, Found]) -> bool:
    """Say whether everything is met, each on evidence."""
    return all(one.verdict is Verdict.MET for one in found.values())


def may_refuse(found: Mapping[Element, Found]) -> bool:
    """Say whether there is a reason to refuse: something is not met, or was never sent."""
    return any(one.verdict in (Verdict.NOT_MET, Verdict.MISSING) for one in found.values())


def is_partly(given: Sequence[str], asked: Sequence[str]) -> bool:
    """Say whether less is given than was asked for of the six."""
    return any(one.value in asked and one.value not in given for one in SellerItem)
