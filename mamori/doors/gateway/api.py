"""The API put together from the table, with its addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.operation import PathView

from mamori.doors.gateway.body import Renderer
from mamori.doors.gateway.gate import Call, answered, guarded, view_of
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.refusals import MethodNotKnown, NoSuchPath
from mamori.doors.gateway.schema import document
from mamori.doors.gateway.table import OPERATIONS
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signs import Visit

TITLE = "守り / Mamori"


def built(operations: tuple[Operation, ...] = OPERATIONS) -> NinjaAPI:
    """Return an API of these operations."""
    api = NinjaAPI(
        title=TITLE,
        version="1",
        openapi_url=None,
        docs_url=None,
        urls_namespace="gateway",
        renderer=Renderer(),
    )
    api.add_exception_handler(Refusal, _refused)
    for operation in operations:
        view = view_of(operation)
        decorate_view(partial(guarded, operation))(view)
        api.api_operation(
            [operation.method],
            operation.path,
            response=dict(operation.answers),
            operation_id=operation.name,
            summary=f"{operation.text.ja} / {operation.text.en}",
        )(view)
    return api


def addresses(api: NinjaAPI) -> list[URLPattern]:
    """Return the addresses of an API, and of what lies nowhere."""
    found = [
        path(
            re.sub(r"{([^}]+)}", r"<\1>", route).lstrip("/"),
            _served(view),
            name="api" + route.replace("whole:", ""),
        )
        for bound in api._get_bound_routers()
        for route, view in bound.path_operations.items()
    ]
    described = cache(partial(document, api))  # made for whoever asks first: a start needs none
    shown = partial(_schema, described=described)
    return [
        *found,
        path("openapi.json", open_to(*EVERYONE)(_named(shown)), name="api-schema"),
        re_path(r"^[\s\S]*$", _nowhere, name="api-nowhere"),
    ]


def _served(view: PathView) -> Callable[..., HttpResponse]:
    """Return the view of one address; who may call it, each of its operations says, and the gate asks."""
    inner = view.get_view()

    @open_to(*EVERYONE)
    @takes()
    def served(request: Visit, **given: Any) -> HttpResponse:
        answer: HttpResponse = inner(request, **given)
        if answer.status_code == 405:
            refusal = MethodNotKnown(method=request.method or "", allowed=answer["Allow"])
            allowed, answer = answer["Allow"], answered(request, refusal)
            answer["Allow"] = allowed
        answer["Cache-Control"] = "private, no-cache" if answer.has_header("ETag") else "no-store"
        return answer

    served.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie counts here
    served.path_view = view  # type: ignore[attr-defined]  # where the table of routes finds the operations
    return served


def _refused(request: Any, refusal: Any) -> HttpResponse:
    return answered(request, refusal)


@open_to(*EVERYONE)
@takes()
def _nowhere(request: Visit) -> HttpResponse:
    return answered(request, NoSuchPath())


_nowhere.csrf_exempt = True  # type: ignore[attr-defined]


def _named(view: Any) -> Callable[..., HttpResponse]:
    def schema(request: Call) -> HttpResponse:
        found: HttpResponse = view(request)
        return found

    return schema


def _schema(request: Visit, *, described: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Return the description of the API."""
    del request
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})
