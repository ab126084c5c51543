"""How many clocks were compared after how many acts, and where they differed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What was compared, by kind of clock, and what differed: an example of each kind."""

    acts: Counter[str] = field(default_factory=Counter)
    clocks: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def compared(self, kind: str) -> None:
        """Count a clock of this kind, which runs or should."""
        self.clocks[kind] += 1

    def pass_over(self, kind: str) -> None:
        """Count a clock of this kind of which the rows do not say whether it should run."""
        self.passed[kind] += 1

    def differs(self, kind: str, example: str) -> None:
        """Count a difference about this kind."""
        self.different[kind] += 1
        self.examples.setdefault(kind, example)

    def table(self) -> Iterator[str]:
        """Say it in lines."""
        acts, clocks = sum(self.acts.values()), sum(self.clocks.values())
        differ = sum(self.different.values())
        yield f"settled: {acts} acts of {len(self.acts)} verbs, {clocks} clocks compared, {differ} differences"
        for kind in sorted({*self.clocks, *self.passed, *self.different}):
            said = f"  {kind:28} {self.clocks[kind]:7} compared {self.different[kind]:6} different"
            if self.passed[kind]:
                said += f" {self.passed[kind]:6} of which no row says it"
            yield f"{said}   {self.examples.get(kind, '')}".rstrip()
