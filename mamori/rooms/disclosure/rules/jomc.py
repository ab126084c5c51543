"""What goes to the page of JOMC, in words, and what somebody who looked at that page found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from mamori.grammar.text import Lang, Text
from mamori.law.jomc import JOMC_TITLE

LANGS: tuple[Lang, ...] = ("ja", "en")
NONE = Text("（いま行っている取組みはありません）", "(Nothing is done at present.)")
HEADING = Text("{place}. {title}（{article}）", "{place}. {title} ({article})")
SINCE = Text("{title}（{day}から）", "{title} (since {day})")
MORE = Text(
    "取組みの全体と月ごとの実績は、次のページで公表しています。",
    "All measures, and how far they went month by month, are published here:",
)


class JomcFound(StrEnum):
    """What somebody found at the address on the page of JOMC."""

    SAME = "same"
    DIFFERS = "differs"
    NOTHING = "nothing"


FOUND = {
    JomcFound.SAME: Text("こちらの文と同じものが載っている", "it says the same as our text"),
    JomcFound.DIFFERS: Text("載っているが、こちらの文と違う", "it says something else than our text"),
    JomcFound.NOTHING: Text("載っていない、または開けない", "nothing stands there, or it does not open"),
}
type JomcHeading = tuple[Text, Text, Sequence[Sequence[Text]]]
"""One of the three headings: its title, its article, and of each point under it the title and what it does."""


def jomc_text(headings: Sequence[JomcHeading], *, operator: str, page: str) -> Text:
    """Write the text: it says what the headings hold, and nothing else."""
    ja, en = ("\n".join(_lines(headings, operator, page, lang)) + "\n" for lang in LANGS)
    return Text(ja, en)


def _lines(headings: Sequence[JomcHeading], operator: str, page: str, lang: Lang) -> Iterator[str]:
    yield JOMC_TITLE.in_(lang)
    if operator:
        yield operator
    for place, (title, article, points) in enumerate(headings, 1):
        yield ""
        yield HEADING.fill(place=f"{place}", title=title, article=article).in_(lang)
        if not points:
            yield NONE.in_(lang)
        for first, *rest in points:
            yield f"{'・' if lang == 'ja' else '- '}{first.in_(lang)}"
            yield from (f"{'　' if lang == 'ja' else '  '}{text.in_(lang)}" for text in rest)
    yield ""
    yield MORE.in_(lang)
    yield page
