"""Who runs the marketplace, and what else every page knows: the chosen colours, and who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import SimpleLazyObject

from mamori.grammar.text import Lang
from mamori.ground.terms import facts as terms
from mamori.ground.web import wording
from mamori.ground.web.signs import Visit
from mamori.ground.web.views import THEME, THEMES
from mamori.law.settings import OPERATOR_PHONE

HOLDS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's name in Japanese and English, and the customer centre's telephone; empty where nothing is set."""

    ja: str = ""
    en: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """Return the name in the language of the page."""
        return self.in_(wording.language())

    def in_(self, lang: Lang) -> str:
        """Return the name in a language."""
        return self.en if lang == "en" else self.ja


_KNOWN: list[tuple[datetime, Operator]] = []


def operator(at: datetime) -> Operator:
    """Return the operator as set at `at`, or some seconds before."""
    if _KNOWN and timedelta() <= at - _KNOWN[0][0] < HOLDS:
        return _KNOWN[0][1]
    names = (terms.operator_name("ja", at=at), terms.operator_name("en", at=at))
    found = Operator(*names, terms.setting(OPERATOR_PHONE, at=at))
    _KNOWN[:] = [(at, found)]
    return found


def forget() -> None:
    """Read the operator anew at the next page: for tests, and after a change."""
    _KNOWN.clear()


def page_context(request: Visit) -> dict[str, Any]:
    """Return what the base template shows; nothing is looked up before it is shown."""
    theme = request.COOKIES.get(THEME, "")
    return {
        "operator": SimpleLazyObject(lambda: operator(request.received_at)),
        "theme": theme if theme in THEMES else "",
        "presence": getattr(request, "presence", None),
    }
