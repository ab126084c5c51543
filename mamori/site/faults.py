"""What people see when something breaks: 503 while the database is away or the disk is full, otherwise a number to name."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from mamori.ground.web.problems import AWAY, FAULT, PROBLEM
from mamori.ground.web.wording import language
from mamori.site.outage import outage

RETRY = 5
"""Seconds after which it is worth asking again."""


def fault(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught; asks neither the database nor the session."""
    is_away = outage(sys.exc_info()[1]) is not None
    told_of = AWAY if is_away else FAULT
    status, sentence = told_of.status, told_of.text
    number = getattr(request, "number", "")
    if request.path.startswith("/api/"):
        told: dict[str, Any] = {
            "type": f"/problems/{told_of.code}",
            "title": sentence.in_(language()),
            "status": status,
            "detail": sentence.in_(language()),
            "instance": f"/requests/{number}",
            "code": told_of.code,
        }
        answer: HttpResponse = JsonResponse(told, status=status, content_type=PROBLEM)
    else:
        page = render_to_string("site/fault.html", {"sentence": sentence, "number": number, "away": is_away})
        answer = HttpResponse(page, status=status)
    if is_away:
        answer["Retry-After"] = str(RETRY)
    answer["Cache-Control"] = "no-store"
    if number:
        answer["X-Request-Id"] = number
    return answer
