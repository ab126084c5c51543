"""What a verification says: a place and a sentence for each thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where (a row or file, as people call it), and what."""

    place: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was looked at, and what was found."""

    size: int
    checkpoints: int
    acts: int
    outside: int
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class Findings:
    """Collects what is found, each place and sentence once."""

    found: dict[Finding, None] = field(default_factory=dict)

    def add(self, place: str, ja: str, en: str) -> None:
        """Write a finding down."""
        self.found.setdefault(Finding(place, Text(ja, en)))
