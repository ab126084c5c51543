"""How an answer is written: as it stands in UTF-8, and every moment in UTC, ending in Z, as in webhooks."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from mamori.grammar.event import moment


class _Encoder(NinjaJSONEncoder):
    def default(self, o: Any) -> Any:
        return moment(o) if isinstance(o, datetime) else super().default(o)


def written(value: Any) -> str:
    """Return a value as an answer holds it."""
    return json.dumps(value, cls=_Encoder, ensure_ascii=False)


class Renderer(JSONRenderer):
    """Writes what the framework answers."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """Return the body of an answer."""
        return written(data)
