"""Tells the story in the terminal: each step in words, what the system itself reported, and how far we are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mamori.grammar.text import Lang, Text
from mamori.japan.spoken import spoken

MARKS = {"scene": "■", "person": "●", "house": "◇", "note": "・"}


class Teller:
    """Writes lines above a progress bar; without a terminal it writes the lines alone."""

    def __init__(self, lang: Lang, steps: int, console: Console | None = None) -> None:
        self.lang = lang
        self.console = console or Console(highlight=False, soft_wrap=True, record=True)
        self.told = 0
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._task = self.progress.add_task(Text("物語", "story").in_(lang), total=steps)

    def __enter__(self) -> Teller:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def scene(self, title: Text) -> None:
        """Begin a scene."""
        self.console.print(f"\n[bold]{MARKS['scene']} {title.in_(self.lang)}[/bold]")

    def person(self, at: datetime, what: Text) -> None:
        """Tell what a person did."""
        self._line(at, MARKS["person"], what, "")
        self.told += 1
        self.progress.advance(self._task)

    def house(self, at: datetime, what: Text) -> None:
        """Tell what the system did by itself."""
        self._line(at, MARKS["house"], what, "cyan")

    def note(self, lines: Iterable[Text]) -> None:
        """Add an explanation."""
        for line in lines:
            self.console.print(f"      {MARKS['note']} {line.in_(self.lang)}", style="dim", markup=False)

    def _line(self, at: datetime, mark: str, what: Text, style: str) -> None:
        moment = spoken(at).in_(self.lang)
        self.console.print(
            f"  {moment:　<18} {mark} {what.in_(self.lang)}", style=style or None, markup=False
        )
