"""Finding the case that a staff page is about, and the way back to the page that the desk composes."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter, matter_of_case


@dataclass(frozen=True, slots=True)
class Back:
    """Where the desk shows a case: its address with `{number}` in it, passed by the door that mounts these pages."""

    pattern: str

    def to(self, number: str, done: str = "") -> str:
        """Return the address of a case's page, saying what was just done."""
        return self.pattern.format(number=number) + (f"?done={done}" if done else "")


def case_of(number: str) -> CaseFact:
    """Return the case with that number."""
    try:
        case = cases.by_number(number)
    except CaseNumberMistyped:
        raise NothingHere() from None
    if case is None:
        raise NothingHere()
    return case


def matter_of(request: Visit, number: str) -> StaffMatter:
    """Return the matter behind a case number as this member of staff may know it."""
    return matter_of_case(hand_of(request), case_of(number))
