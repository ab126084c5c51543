"""A row of a sheet of figures that goes to an authority: what it asks for, and from what we count it or why we do not."""

from __future__ import annotations

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
