"""Each refusal is an answer with a sentence, in the language asked for, as a page or as a problem; nothing leaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.middleware import received
from mamori.ground.web.problems import AWAY, BY_STATUS, PROBLEM, FormExpired, TooOften, problem, words_of
from mamori.ground.web.views import forbidden, not_found, not_understood

type Enter = Callable[..., Client]

handler400 = not_understood
handler403 = forbidden
handler404 = not_found


class Planted(Refusal, code="planted-by-tests", status=409):
    """Given by the tests."""

    text = Text("「{word}」はいま使えません。", "“{word}” cannot be used now.")


def _raises(error: Callable[[], Exception]) -> Any:
    @open_to(*EVERYONE)
    def view(request: Any) -> HttpResponse:
        raise error()

    return view


def _answers(status: int) -> Any:
    @open_to(*EVERYONE)
    def view(request: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"]) if status == 405 else HttpResponse(status=status)

    return view


RAISED = {
    "refused": (lambda: Planted(word="<b>x</b>"), 409, "planted-by-tests"),
    "denied": (lambda: PermissionDenied("secret"), 403, "not-for-you"),
    "large": (lambda: RequestDataTooBig("secret"), 413, "too-large"),
    "host": (lambda: DisallowedHost("secret"), 400, "host-unknown"),
    "odd": (lambda: SuspiciousOperation("secret"), 400, "not-understood"),
    "wait": (lambda: TooOften(wait=30), 429, "too-often"),
}
urlpatterns = [
    *(path(name, _raises(error)) for name, (error, _, _) in RAISED.items()),
    *(path(f"api/{name}", _raises(error)) for name, (error, _, _) in RAISED.items()),
    *(path(f"empty/{status}", _answers(status)) for status in BY_STATUS),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", RAISED)
def test_what_is_raised_becomes_a_page_with_a_sentence(enter: Enter, name: str) -> None:
    _, status, code = RAISED[name]

    answer = enter().get(f"/{name}")
    page = answer.content.decode()

    assert answer.status_code == status
    assert code in page
    assert answer["X-Request-Id"] in page
    assert "secret" not in page
    assert "<b>x</b>" not in page


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", RAISED)
def test_below_the_api_it_becomes_a_problem(enter: Enter, name: str) -> None:
    _, status, code = RAISED[name]

    answer = enter().get(f"/api/{name}", headers={"accept-language": "en"})
    told = answer.json()

    assert answer["Content-Type"] == "application/problem+json"
    assert (told["status"], told["code"], told["type"]) == (status, code, f"/problems/{code}")
    assert told["instance"] == f"/requests/{answer['X-Request-Id']}"
    assert told["title"]
    assert told["detail"].isascii() or "“" in told["detail"]
    assert "secret" not in answer.content.decode()


@pytest.mark.urls(__name__)
def test_how_long_to_wait_is_told(enter: Enter) -> None:
    assert enter().get("/wait")["Retry-After"] == "30"
    assert enter().get("/api/wait")["Retry-After"] == "30"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", sorted(BY_STATUS))
def test_a_refusal_without_a_word_gets_its_page(enter: Enter, status: int) -> None:
    answer = enter().get(f"/empty/{status}")

    assert answer.status_code == status
    assert BY_STATUS[status].code in answer.content.decode()
    assert answer.get("Allow") == ("POST" if status == 405 else None)


@pytest.mark.parametrize(
    ("asked", "begins"), [("ja", "お探しのページ"), ("en", "There is no such page"), ("fr", "お探しのページ")]
)
def test_the_page_speaks_the_language_asked_for(enter: Enter, asked: str, begins: str) -> None:
    answer = enter().get("/nowhere", headers={"accept-language": asked})

    assert answer.status_code == 404
    assert begins in answer.content.decode()


def test_a_host_that_is_not_ours_is_told_nothing(enter: Enter) -> None:
    answer = enter().get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "host-unknown" in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()


def test_a_form_without_its_sign_is_told_what_to_do(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert FormExpired.text.ja[:20] in answer.content.decode()


@pytest.mark.parametrize("is_signed", [False, True])
def test_by_another_method_a_form_needs_no_sign_to_be_refused(db: None, is_signed: bool) -> None:
    client = Client(enforce_csrf_checks=not is_signed)

    answer = client.put("/")
    shut = client.put("/threads/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert "method-not-allowed" in answer.content.decode()
    assert (shut.status_code, shut["Location"]) == (302, "/in/?next=%2Fthreads%2F")


def test_below_the_api_another_method_is_a_problem_and_nothing_lies_where_nothing_lies(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.delete("/api/v1/openapi.json")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert (answer["Content-Type"], answer.json()["code"]) == (PROBLEM, "method-not-allowed")
    assert client.delete("/api/v1/nothing").status_code == 404


def test_a_form_that_is_too_large_is_told_so(enter: Enter) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        answer = enter().post("/theme/", {"theme": "x" * 200})

    assert answer.status_code == 413
    assert "too-large" in answer.content.decode()


def test_every_kind_of_refusal_has_a_page_of_its_own(enter: Enter) -> None:
    client = enter()

    silent = [
        code
        for code in [*Refusal.registry, AWAY.code, "fault"]
        if client.get(f"/problems/{code}").status_code != 200
    ]

    assert silent == []
    assert client.get("/problems/none").status_code == 404
    page = client.get(f"/problems/{Planted.code}").content.decode()
    assert "「…」はいま使えません。" in page
    assert "“…” cannot be used now." in page


def test_a_problem_names_each_fault_and_says_the_same_title_each_time() -> None:
    request: Any = RequestFactory().get("/api/")
    received(lambda request: HttpResponse())(request)
    fault = {"field": "amount", "code": "number", "detail": "数字です。"}

    with translation.override("ja"):
        told = problem(request, Planted(word="赤"), errors=[fault])
        other = problem(request, Planted(word="青"))

    assert told["errors"] == [fault]
    assert "errors" not in other
    assert told["title"] == other["title"]
    assert told["detail"] == "「赤」はいま使えません。"


def test_staff_who_come_by_a_buyers_page_are_told_it_is_not_for_them(enter: Enter) -> None:
    answer = enter(Role.BUYER, "buyer:B-1").get("/desk/components")

    assert answer.status_code == 403
    assert "not-for-you" in answer.content.decode()


class _Braced(Refusal, code="planted-braces", status=409):
    """Given by the tests, with braces in its sentence."""

    text = Text(
        "{{ }} で囲んでください。{most} 行までです。", "Please write it within {{ }}, at most {most} lines."
    )


def test_a_title_has_no_values_and_keeps_the_braces_that_are_meant() -> None:
    assert words_of(_Braced) == Text(
        "{ } で囲んでください。… 行までです。", "Please write it within { }, at most … lines."
    )
