"""A sentence in both languages: the only kind of wording that a declaration may carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Literal

type Lang = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Japanese and in English; both are owed, neither may be empty."""

    ja: str
    en: str

    def __post_init__(self) -> None:
        if not self.ja.strip() or not self.en.strip():
            raise ValueError(f"a Text needs both languages: {self!r}")

    def in_(self, lang: Lang) -> str:
        """Return the wording in `lang`."""
        return self.ja if lang == "ja" else self.en

    def fill(self, **values: object) -> Text:
        """Put values into the {places} of both wordings; a value that is itself a Text follows the language."""
        return Text(
            self.ja.format(**{k: v.ja if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    @property
    def blanked(self) -> Text:
        """Return both wordings with “…” where a value will stand, and with the braces that are meant as braces."""
        return Text(_blanked(self.ja), _blanked(self.en))

    @staticmethod
    def listed(some: Iterable[Text]) -> Text:
        """Return several wordings as one list."""
        each = tuple(some)
        return Text("、".join(one.ja for one in each), ", ".join(one.en for one in each))


def _blanked(wording: str) -> str:
    parts = Formatter().parse(wording)
    return "".join(words if name is None else f"{words}…" for words, name, _, _ in parts)


def yen(amount: int) -> Text:
    """Say an amount as an account has it: 12,000円, 12,000 yen."""
    return Text(f"{amount:,}円", f"{amount:,} yen")


def yen_words(amount: int) -> Text:
    """Say a sum as a sentence has it: 10,000 yen are 1万円, 15,000 yen 15,000円."""
    whole, rest = divmod(amount, 10_000)
    return yen(amount) if rest or not whole else Text(f"{whole:,}万円", f"{amount:,} yen")


def day_words(day: date) -> Text:
    """Say a day without its weekday: 2022年5月1日, 1 May 2022."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")
