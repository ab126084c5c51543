"""What the pages themselves refuse, and the one place that answers a refusal: a page for people, RFC 9457 for software."""

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

# What the pages themselves refuse, before any room is asked.


class NotForYou(Refusal, code="not-for-you", status=403):
    """Given when the page is for others."""

    text = Text(
        "このページは、あなたの立場では開けません。必要なときは相談窓口にお知らせください。",
        "This page is not for you. If you need it, please tell the customer centre.",
    )


class NotFound(Refusal, code="not-found", status=404):
    """Given when nothing stands at the address, or nothing that may be shown."""

    text = Text(
        "お探しのページは見つかりませんでした。アドレスをお確かめになるか、最初のページからお進みください。",
        "There is no such page. Please check the address, or begin at the first page.",
    )


class NotUnderstood(Refusal, code="not-understood", status=400):
    """Given when a request is not formed as it should be."""

    text = Text(
        "送られた内容を読み取れませんでした。前の画面に戻り、もう一度お試しください。",
        "What was sent could not be read. Please go back and try again.",
    )


class FilterUnknown(Refusal, code="filter-unknown", status=400):
    """Given when an address narrows a list by what the list does not know."""

    text = Text(
        "この一覧は、そのようには絞り込めません。一覧を開き直し、画面の欄で絞り込んでください。",
        "This list cannot be narrowed like that. Please open it anew and narrow it by the fields on the page.",
    )


class HostUnknown(Refusal, code="host-unknown", status=400):
    """Given when the request names a host that is not ours."""

    text = Text(
        "このアドレスでは開けません。運営者からお知らせしたアドレスでお開きください。",
        "This cannot be opened by this address. Please use the address that the operator gave you.",
    )


class FormExpired(Refusal, code="form-expired", status=403):
    """Given when a form does not carry the sign that it comes from a page of ours in this browser."""

    text = Text(
        "この画面を開いてから時間がたったため、送れませんでした。前の画面に戻って読み込み直し、もう一度お送りください。"
        "続くときは、ブラウザーの Cookie を使える設定にしてください。",
        "Nothing was sent, because this page had been open for too long. Please go back, reload the page and send it "
        "again. If it happens again, please allow cookies in your browser.",
    )


class MethodNotAllowed(Refusal, code="method-not-allowed", status=405):
    """Given when the page cannot be asked for in this way."""

    text = Text(
        "このアドレスは、この方法では開けません。最初のページからお進みください。",
        "This address cannot be opened in this way. Please begin at the first page.",
    )


class TooLarge(Refusal, code="too-large", status=413):
    """Given when more was sent than a page takes."""

    text = Text(
        "送られた内容が大きすぎます。文章を短くするか、ファイルを小さくして、もう一度お送りください。",
        "What was sent is too large. Please shorten the text or make the file smaller, and send it again.",
    )


class TypeNotKnown(Refusal, code="type-not-known", status=415):
    """Given when a body is of a type that nobody reads here."""

    text = Text(
        "この形式では受け付けられません。画面の記入欄からお送りください。",
        "This format cannot be taken. Please send it by the form on the page.",
    )


class TooOften(Refusal, code="too-often", status=429):
    """Given when somebody asks faster than people do."""

    text = Text(
        "短い間に何度もお送りいただいたため、いまは受け付けられません。少し待ってから、もう一度お試しください。",
        "Too much was sent in a short time. Please wait a little and try again.",
    )


BY_STATUS: dict[int, type[Refusal]] = {
    refusal.status: refusal
    for refusal in (NotUnderstood, NotForYou, NotFound, MethodNotAllowed, TooLarge, TypeNotKnown, TooOften)
}


# The one place that turns a refusal into an answer: a page for people, RFC 9457 for software.


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
