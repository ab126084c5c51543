"""What each door shows of itself on every page: its name, its places, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.web.signs import Visit


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the navigation."""

    path: str
    text: Text


PUBLIC = (Place("/", Text("トップ", "Home")),)
SELLER = (Place("/seller/", Text("受信箱", "Inbox")),)
DESK = (Place("/desk/", Text("案件", "Cases")),)


def navigation(request: Visit) -> dict[str, Any]:
    """Return the places of the door that the request came in by."""
    if request.path.startswith("/desk/"):
        places = DESK
    elif request.path.startswith("/seller/"):
        places = SELLER
    else:
        places = PUBLIC
    return {"places": places, "here": request.path, "presence": getattr(request, "presence", None)}
