"""The one place that turns a refusal into an answer: a page for people, RFC 9457 for software."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from mamori.grammar.refusal import Refusal
from mamori.ground.web.signs import Visit
from mamori.ground.web.templatetags.house import language


def problem(request: Visit, refusal: Refusal) -> dict[str, Any]:
    """Return the refusal as RFC 9457 says it; `title` and `detail` follow the language asked for."""
    sentence = refusal.sentence.in_(language())
    return {
        "type": f"/problems/{refusal.code}",
        "title": sentence,
        "status": refusal.status,
        "detail": sentence,
        "instance": f"/requests/{request.number}",
        "code": refusal.code,
    }


def refused(request: Visit, refusal: Refusal) -> HttpResponse:
    """Return the refusal as a page, or as application/problem+json below /api/."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            problem(request, refusal), status=refusal.status, content_type="application/problem+json"
        )
    return render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)
