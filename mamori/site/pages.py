"""On which page somebody reads and answers about a matter: the one place that knows every door."""

from __future__ import annotations

from mamori.ground.cases import facts as cases

BUYER = "/threads/{number}/"
SELLER = "/seller/threads/{number}/"
STAFF = "/desk/cases/{number}/"


def page_of(to: str, about: str) -> str:
    """Return the path of the page on which `to` reads about the matter, empty where it has no case."""
    try:
        number = cases.case_of(about).number
    except LookupError:
        return ""
    if to.startswith("buyer:"):
        return BUYER.format(number=number)
    return (SELLER if to.startswith("seller:") else STAFF).format(number=number)
