"""What only a sandbox answers over the API: its clock, and every decision that the desk declares, as one of its staff."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from django.forms import BaseForm, FileField
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, path, resolve
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt

from mamori.doors.gateway import keys
from mamori.doors.gateway.gate import answered
from mamori.doors.gateway.refusals import BodyNotJson, ScopeMissing
from mamori.grammar.actor import STAFF, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import ChoiceInput, YenInput, YesInput, inputs_of
from mamori.ground.people.facts import Presence, Scope
from mamori.ground.people.models import Account
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.middleware import barred
from mamori.ground.web.problems import PROBLEM, NotForYou, problem
from mamori.ground.web.signs import Visit
from mamori.site.routes import routes
from mamori.site.sandbox.jumping import jump

AT = "/api/sandbox"
AS = "Mamori-Staff"
"""The header that says as whom of the staff one decides."""


class NoSuchDecision(Refusal, code="sandbox.no-such-decision", status=404):
    """Given when nothing is decided at the address."""

    text = Text(
        "この宛先で決めることはありません。/api/sandbox/openapi.json をご覧ください。",
        "Nothing is decided at this address. See /api/sandbox/openapi.json.",
    )


class NoSuchStaff(Refusal, code="sandbox.no-such-staff", status=422):
    """Given when the header names none of the staff of the sandbox."""

    text = Text(
        "見出し Mamori-Staff に {roles} のどれかを書いてください。",
        "Write one of {roles} in the header Mamori-Staff.",
    )


class NotOpenNow(Refusal, code="sandbox.not-open", status=409):
    """Given when a decision is not there for the matter as it stands."""

    text = Text("いまは、この決定はできません。", "This cannot be decided as the matter stands.")


class ClosedNow(Refusal, code="sandbox.closed", status=409):
    """Given when a decision is there, and its button stands closed at the desk: it says why."""

    text = Text("いまは、この決定はできません。{why}", "This cannot be decided just now. {why}")


class NotDecided(Refusal, code="sandbox.not-decided", status=422):
    """Given when a form was refused: `errors` says why, field by field."""

    text = Text("決定できませんでした。", "It was not decided.")


class Forward(msgspec.Struct, forbid_unknown_fields=True):
    """By how much the clock is to go forward."""

    forward: str


type Answer = Callable[..., HttpResponse]


def in_sandbox(answer: Answer) -> Answer:
    """Let software with a key in; in every house that is no sandbox nothing lies at the address."""

    @open_to(*EVERYONE)
    @takes("GET", "POST")
    @csrf_exempt
    @wraps(answer)
    def view(request: Visit, **given: Any) -> HttpResponse:
        if not clocks.is_sandbox():
            raise Http404
        try:
            caller = keys.caller_of(request)
            if Scope.MARKET_WRITE not in caller.machine.scopes:
                raise ScopeMissing(scope=Scope.MARKET_WRITE)
            return answer(request, **given)
        except Refusal as refusal:
            return answered(request, refusal)

    return view


@in_sandbox
def clock(request: Visit) -> HttpResponse:
    """Tell what time it is in the house, or move its clock forward."""
    if request.method == "GET":
        return JsonResponse({"now": clocks.now().isoformat()})
    try:
        asked = msgspec.json.decode(request.body, type=Forward)
    except msgspec.DecodeError:
        raise BodyNotJson from None
    done = jump(asked.forward, signed_at=request.taken_at)
    told = {"since": done.since.isoformat(), "now": done.until.isoformat(), "moments": done.moments}
    return JsonResponse(told)


@in_sandbox
def decision(request: Visit, where: str) -> HttpResponse:
    """Show what a decision at an address of the desk asks, or make it: the same page is asked as at the desk."""
    try:
        found = resolve(f"/desk/{where}/")
    except Resolver404:
        raise NoSuchDecision from None
    if not getattr(found.func, "decisions", ()):
        raise NoSuchDecision
    given = _body(request) if request.method == "POST" else None
    request.presence = _staff(request)
    if barred(request, found.func) is not None:
        raise NotForYou
    form = _asked(request, found)
    if given is None:
        return JsonResponse({"fields": list(_fields(form))})
    return _decided(request, found, form, given)


def _decided(request: Visit, found: ResolverMatch, form: BaseForm, given: dict[str, Any]) -> HttpResponse:
    if unknown := sorted(given.keys() - form.fields.keys()):
        return _refused(request, 422, [{"field": one, "code": "unknown", "detail": ""} for one in unknown])
    known = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = QueryDict(mutable=True)
    for name, value in (known | given).items():
        told = form.fields[name].prepare_value(value)
        if told not in (None, False):
            sent.setlist(name, [str(one) for one in told] if isinstance(told, list | tuple) else [str(told)])
    sent["token"] = request.headers.get("Idempotency-Key") or str(uuid.uuid4())
    request.method = "POST"
    request.POST = sent  # type: ignore[assignment]  # as a form is sent
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # what Django reads of a body that was read before
    answer = found.func(request, **found.kwargs)
    made, form, _ = request.asked
    if answer.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER):
        return JsonResponse({"decided": made.slug, "page": answer["Location"]})
    faults = form.errors.get_json_data()
    errors = [
        {"field": name.replace("__all__", ""), "code": one["code"] or "refused", "detail": one["message"]}
        for name, every in faults.items()
        for one in every
    ]
    return _refused(request, answer.status_code, errors)


def _refused(request: Visit, status: int, errors: list[dict[str, str]]) -> HttpResponse:
    told = problem(request, NotDecided(), errors=errors, status=status)
    return JsonResponse(told, status=status, content_type=PROBLEM)


def _body(request: Visit) -> dict[str, Any]:
    try:
        return msgspec.json.decode(request.body or b"{}", type=dict[str, Any])
    except msgspec.DecodeError:
        raise BodyNotJson from None


def _staff(request: Visit) -> Presence:
    """Return who of the staff decides; the sandbox's own have just proven who they are."""
    role = request.headers.get(AS, "")
    account = Account.objects.filter(role=role, is_active=True).first() if role in STAFF else None
    if account is None:
        raise NoSuchStaff(roles=", ".join(sorted(STAFF)))
    return Presence(
        who=account.who,
        role=Role(role),
        name=account.name,
        account=account.pk,
        stepped_up_at=request.came_at,
        places=frozenset(account.places),
    )


def _asked(request: Visit, found: ResolverMatch) -> BaseForm:
    request.method = "GET"
    if found.func(request, **found.kwargs).status_code != HTTPStatus.OK:
        raise NotOpenNow
    _, form, closed = request.asked
    if closed is not None:
        raise ClosedNow(why=closed)
    return form


def _fields(form: BaseForm) -> Iterator[dict[str, Any]]:
    """Yield what a form asks: name, words, whether it is needed, what may be chosen, and what stands in it."""
    for name, field in form.fields.items():
        if not isinstance(field, FileField):
            choices = [str(value) for value, _ in getattr(field, "choices", ()) if value != ""]
            yield {
                "name": name,
                "label": str(field.label or ""),
                "needed": field.required,
                "choices": choices,
                "given": field.prepare_value(form.get_initial_for_field(field, name)),
            }


# The document of these addresses, apart from the one that is published.


def document() -> dict[str, Any]:
    """Return the OpenAPI document of what only a sandbox answers."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "守り 練習場 / Mamori sandbox", "version": "1"},
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {f"{AT}/clock": _clock()} | dict(_decisions()),
    }


def _clock() -> dict[str, Any]:
    body = {"type": "object", "properties": {"forward": {"type": "string", "examples": ["48h", "8d"]}}}
    answers = {"200": {"description": "now"}}
    read = {"summary": "時計を見る / What time it is", "operationId": "read-clock", "responses": answers}
    move = {"summary": "時計を進める / Move the clock forward", "operationId": "move-clock"}
    return {"get": read, "post": {**move, **_takes(body), "responses": answers}}


def _takes(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def _decisions() -> Iterator[tuple[str, dict[str, Any]]]:
    for route in routes():
        for one in route.decides if route.path.startswith("/desk/") else ():
            where = re.sub(r"<slug:slug>", one.slug, route.path.removeprefix("/desk"))
            address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", where).rstrip("/")
            named = [
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in re.findall(r"{(\w+)}", address)
            ]
            staff = {
                "name": AS,
                "in": "header",
                "required": True,
                "schema": {"enum": sorted(STAFF & set(one.roles))},
            }
            told = {
                "operationId": f"{route.name}.{one.slug}".replace(":", "."),
                "summary": f"{one.title.ja} / {one.title.en}",
                "parameters": [*named, staff],
                "responses": {"200": {"description": "decided"}, "409": {"description": "not open now"}},
            }
            yield f"{AT}/decisions{address}", {"post": told | _takes(_schema(one))}


def _schema(one: Decision[Any]) -> dict[str, Any]:
    """Return what a decision asks by its verb; a form made by hand asks more, as a GET of the same address tells."""
    fields: dict[str, Any] = {}
    for name, (kind, asked) in inputs_of(one.verb).items():
        match asked:
            case YenInput():
                schema: dict[str, Any] = {"type": "integer"}
            case YesInput():
                schema = {"type": "boolean"}
            case ChoiceInput():
                schema = {"enum": [choice.value for choice in kind]}
            case _:
                schema = {"type": "string"}
        fields[name] = schema | {"title": f"{asked.label.ja} / {asked.label.en}"}
    return {"type": "object", "properties": fields}


@open_to(*EVERYONE)
@takes("GET", "HEAD")
def described(request: Visit) -> HttpResponse:
    """Show the document; in every other house nothing lies here."""
    if not clocks.is_sandbox():
        raise Http404
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [
    path("api/sandbox/clock", clock, name="sandbox-clock-api"),
    path("api/sandbox/openapi.json", described, name="sandbox-openapi"),
    path("api/sandbox/decisions/<path:where>", decision, name="sandbox-decision"),
]
