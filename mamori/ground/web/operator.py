"""Who runs the marketplace, and what else every page knows: the chosen colours, and who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject

from mamori.grammar.text import Lang
from mamori.ground.terms import facts as terms
from mamori.ground.web import wording
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.colours import ENOUGH, WrittenOn, is_shop, on
from mamori.ground.web.models import Logo
from mamori.ground.web.signs import Visit
from mamori.ground.web.views import THEME, THEMES
from mamori.law.settings import OPERATOR_COLOUR, OPERATOR_PHONE, OPERATOR_SHOP

HOLDS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's name in Japanese and English, the centre's telephone, the shop's address and colour: empty if not set.

    The address is one that pages may link to, and the colour one on which words can be read; the logo is known by its digest.
    """

    ja: str = ""
    en: str = ""
    phone: str = ""
    shop: str = ""
    colour: WrittenOn | None = None
    logo: str = ""

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
    phone, shop, colour = (
        terms.setting(one, at=at) for one in (OPERATOR_PHONE, OPERATOR_SHOP, OPERATOR_COLOUR)
    )
    pair = on(colour)
    found = Operator(
        *names,
        phone,
        shop=shop if is_shop(shop) else "",
        colour=pair if pair and pair.ratio >= ENOUGH else None,
        logo=Logo.objects.values_list("digest", flat=True).first() or "",
    )
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
        "sandbox": getattr(request, "is_sandbox", False) and request.received_at,
    }


COLOURED = """.head {{ border-top: .5rem solid {ground} }}
.places a.shop:not(:focus-visible) {{ border-radius: var(--round); background: {ground}; color: {words}; font-weight: 700 }}
"""


@open_to(*EVERYONE)
@takes("GET", "HEAD")
def operator_css(request: Visit) -> HttpResponse:
    """Return what the shop's colour adds to a page: a band at its head, and the way back to the shop."""
    pair = operator(request.received_at).colour
    told = COLOURED.format(ground=pair.ground, words=pair.words) if pair else ""
    return HttpResponse(told, content_type="text/css")
