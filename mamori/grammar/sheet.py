"""A sheet of figures that goes to an authority: what its rows ask for, from what each is counted or why not, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mamori.grammar.figures import Unit
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row by its number on the sheet; `counted_from` names the records that are counted, `lacks` what is in none of them.

    With both it is counted in part; without `counted_from` it is not counted, and no figure may stand in it.
    """

    code: str
    number: int
    title: Text
    means: Text
    unit: Unit
    counted_from: Text | None = None
    lacks: Text | None = None

    def __post_init__(self) -> None:
        if self.counted_from is None and self.lacks is None:
            raise ValueError(f"row {self.code}: say from what it is counted, or why it is not")

    @property
    def is_counted(self) -> bool:
        """Say whether a figure stands in it."""
        return self.counted_from is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """Listings taken down in a time for one kind of breach, a listing as often as it was, and what is known of why.

    `on_ground`: how many rest on each request under law; of the others `asked` came from an authority, `reported` from a report,
    and `own` from neither.  `categories` are the marketplace's, "" where the listing has none.  `taken_back` were reversed since.
    """

    on_ground: Mapping[str, int]
    asked: int
    reported: int
    own: int
    taken_back: int
    categories: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many there were."""
        return sum(self.on_ground.values()) + self.asked + self.reported + self.own
