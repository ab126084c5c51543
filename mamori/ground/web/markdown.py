"""Markdown that staff write, made into HTML that can do no harm: no HTML of its own, no pictures, links to where links may go."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

SCHEMES = frozenset({"https", "http", "mailto", "tel"})


def may_lead_to(address: str) -> bool:
    """Say whether a link may lead there: to the web, a mailbox, a telephone, or a page of this house by its whole path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in SCHEMES
    return address.startswith(("/", "#")) and not address.startswith("//")


def _beneath_the_title(state: StateCore) -> None:
    """Let headings begin below the page's own, of which there is one."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


class _Harmless(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # the library's name
        return may_lead_to(url)


_MARKDOWN = _Harmless("commonmark", {"html": False}).enable("table").disable("image")
_MARKDOWN.core.ruler.push("beneath_the_title", _beneath_the_title)


def html_of(text: str) -> SafeString:
    """Return the text as HTML: what looks like HTML in it is shown as it was typed."""
    return mark_safe(str(_MARKDOWN.render(text)))  # noqa: S308  # the renderer escapes all that is not its own
