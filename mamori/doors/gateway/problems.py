"""Refusals as RFC 9457 says, with each fault named and what else software is told."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from mamori.doors.gateway.refusals import FieldsWrong, IdempotencyKeyBusy, KeyNeeded, KeyNotGood
from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import FieldMissing, FieldWrong
from mamori.ground.people.actions import TooMany
from mamori.ground.web.problems import PROBLEM, problem
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language


def answered(request: Visit, refusal: Refusal) -> HttpResponse:
    """Return the refusal as an answer."""
    if isinstance(refusal, FieldMissing | FieldWrong):
        refusal = FieldsWrong([refusal])
    faults = refusal.faults if isinstance(refusal, FieldsWrong) else ()
    errors = [
        {"field": str(fault.values["field"]), "code": fault.code, "detail": fault.sentence.in_(language())}
        for fault in faults
    ]
    said = {**problem(request, refusal, errors=errors), **refusal.members}
    answer = JsonResponse(said, status=refusal.status, content_type=PROBLEM)
    if isinstance(refusal, KeyNeeded | KeyNotGood):
        answer["WWW-Authenticate"] = 'Bearer realm="mamori"'
    if isinstance(refusal, IdempotencyKeyBusy | TooMany):
        answer["Retry-After"] = str(refusal.values.get("wait", 1))
    return answer
