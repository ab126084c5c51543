"""The one place that turns a refusal into an answer: a page for people, RFC 9457 for software."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """Something that is nobody's mistake but ours, with the code that software sees."""

    code: str
    status: int
    text: Text


AWAY = Breakage(
    code="away",
    status=503,
    text=Text(
        "ただいま一時的にご利用いただけません。お送りいただいた内容は保存されていません。少し待ってから、もう一度お試しください。",
        "The service is not available for a moment. What you have just sent was not saved. Please wait a little and try again.",
    ),
)
FAULT = Breakage(
    code="fault",
    status=500,
    text=Text(
        "こちらの不具合で表示できませんでした。続くときは、次の番号を添えて相談窓口にお知らせください。",
        "Something broke on our side. If it happens again, please tell the customer centre this number.",
    ),
)
BREAKAGES = {breakage.code: breakage for breakage in (AWAY, FAULT)}


def problem(
    request: Visit, refusal: Refusal, *, errors: Iterable[dict[str, str]] = (), status: int | None = None
) -> dict[str, Any]:
    """Return the refusal as RFC 9457 says it; `detail` follows the language asked for.

    `errors` names single fields, each with its sentence, where the body held several faults.
    """
    lang = language()
    told: dict[str, Any] = {
        "type": f"/problems/{refusal.code}",
        "title": title_of(refusal.code),
        "status": status or refusal.status,
        "detail": refusal.sentence.in_(lang),
        "instance": f"/requests/{request.number}",
        "code": refusal.code,
    }
    if errors := list(errors):
        told["errors"] = errors
    return told


def title_of(code: str) -> str:
    """Return the fixed words of a code, the same in each answer: `outbox.no-such-endpoint` is “No such endpoint”."""
    return code.rpartition(".")[2].replace("-", " ").replace("_", " ").capitalize()


def refused(request: Visit, refusal: Refusal, *, status: int | None = None) -> HttpResponse:
    """Return the refusal as a page, or as application/problem+json below /api/; `wait` becomes Retry-After."""
    status = status or refusal.status
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            problem(request, refusal, status=status), status=status, content_type=PROBLEM
        )
    else:
        answer = render(request, "web/refused.html", {"refusal": refusal}, status=status)
    if isinstance(wait := refusal.values.get("wait"), int):
        answer["Retry-After"] = str(wait)
    return answer


def words_of(refusal: Refusal | type[Refusal]) -> Text:
    """Return the sentence of a refusal without the values of one occurrence, for its page."""
    return refusal.text.blanked
