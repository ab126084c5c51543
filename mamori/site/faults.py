"""What people see when something breaks: 503 while the database is away or the disk is full, otherwise a number to name."""

from __future__ import annotations

import errno
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from mamori.grammar.text import Text
from mamori.ground.web.templatetags.house import language

RETRY = 5
"""Seconds after which it is worth asking again."""

AWAY = Text(
    "ただいま一時的にご利用いただけません。お送りいただいた内容は保存されていません。少し待ってから、もう一度お試しください。",
    "The service is not available for a moment. What you have just sent was not saved. Please wait a little and try again.",
)
FAULT = Text(
    "こちらの不具合で表示できませんでした。続くときは、次の番号を添えて相談窓口にお知らせください。",
    "Something broke on our side. If it happens again, please tell the customer centre this number.",
)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught; asks neither the database nor the session."""
    is_away = any(_is_away(error) for error in _chain(sys.exc_info()[1]))
    status, sentence = (503, AWAY) if is_away else (500, FAULT)
    number = getattr(request, "number", "")
    if request.path.startswith("/api/"):
        told: dict[str, Any] = {
            "type": f"/problems/{'away' if is_away else 'fault'}",
            "title": sentence.in_(language()),
            "status": status,
            "detail": sentence.in_(language()),
            "instance": f"/requests/{number}",
            "code": "away" if is_away else "fault",
        }
        answer: HttpResponse = JsonResponse(told, status=status, content_type="application/problem+json")
    else:
        page = render_to_string("site/fault.html", {"sentence": sentence, "number": number, "away": is_away})
        answer = HttpResponse(page, status=status)
    if is_away:
        answer["Retry-After"] = str(RETRY)
    answer["Cache-Control"] = "no-store"
    if number:
        answer["X-Request-Id"] = number
    return answer


def _is_away(error: BaseException) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
