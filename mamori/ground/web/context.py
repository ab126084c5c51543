"""What every page knows: the operator, the chosen colours, who is here."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.ground.web.views.looks import THEME, THEMES


def page(request: Visit) -> dict[str, Any]:
    """Return what the base template shows; nothing is looked up before it is shown."""
    theme = request.COOKIES.get(THEME, "")
    return {
        "operator": SimpleLazyObject(lambda: operator(request.received_at)),
        "theme": theme if theme in THEMES else "",
        "presence": getattr(request, "presence", None),
    }
