"""A page of help as data: words in both languages, filled from what is declared and set, so that it promises what runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mamori.grammar.citation import Citation
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.text import Text


class HelpFor(StrEnum):
    """For whom a page of help is written."""

    BUYERS = "help-buyers"
    SELLERS = "help-sellers"
    BOTH = "help-both"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _FOR[self]


_FOR = {
    HelpFor.BUYERS: Text("購入者の方へ", "for buyers"),
    HelpFor.SELLERS: Text("出品者の方へ", "for sellers"),
    HelpFor.BOTH: Text("購入者の方へ・出品者の方へ", "for buyers and sellers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpItem:
    """One of several things that a part lists: what it is called, in plain words, and a telephone number where it has one."""

    title: Text
    text: Text
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPart:
    """A heading and what stands beneath it; the part is not there while one of its `switches` is set to nothing.

    `to` is where the reader does it, and `to_text` what that link says; `cites` says where the law has it.
    """

    title: Text
    says: tuple[Text, ...]
    fills: Mapping[str, Deadline | Setting[int] | Setting[str]] = field(default_factory=dict)
    switches: tuple[Setting[int] | Setting[bool], ...] = ()
    items: tuple[HelpItem, ...] = ()
    to: str = ""
    to_text: Text | None = None
    cites: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.to) is not (self.to_text is not None):
            raise ValueError(f"help, “{self.title.en}”: a link needs its address and its words")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """A page of help, under an address that stays; `known_as` are other words by which people look for it."""

    slug: str
    audience: HelpFor
    title: Text
    lead: Text
    parts: tuple[HelpPart, ...]
    known_as: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text for the education of consumers, in Markdown, from which an operator begins an article of its own."""

    slug: str
    title: Text
    body: Text
    to: HelpFor = HelpFor.BUYERS
