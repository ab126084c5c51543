"""What a 総合振込 file says, as its reader takes it, and each fault that was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.japan.zengin.faults import MOST, Fault, fault


@dataclass(frozen=True, slots=True)
class Place:
    """An account as the file says it."""

    bank: str
    bank_name: str
    branch: str
    branch_name: str
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """Who orders, as the file says it."""

    code: str
    name: str
    account: Place


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment as the file says it."""

    line: int
    to: Place
    holder: str
    amount: int
    reference: int


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a file says, and each fault in it; a file with any fault is not to be sent."""

    payments: list[Paid] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    counted: int = 0
    total: int = 0
    ordered: Ordered | None = None

    @property
    def is_good(self) -> bool:
        """Say whether the file may be sent."""
        return not self.faults

    def tell(self, code: str, line: int = 0, at: int = 0, **values: object) -> None:
        """Note a fault; beyond `MOST` only that there are more."""
        if len(self.faults) < MOST:
            self.faults.append(fault(code, line, at, **values))
        elif len(self.faults) == MOST:
            self.faults.append(fault("many"))
