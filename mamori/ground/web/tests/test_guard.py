"""Whom the guard lets into a page, and where it leads everybody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseNotFound, StreamingHttpResponse
from django.test import RequestFactory

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import facts as clocks
from mamori.ground.people.actions import TooMany
from mamori.ground.people.facts import ANONYMOUS, BEGUN, VISITOR, Access, Awaits, Over, Presence
from mamori.ground.web.access import (
    PAGE,
    STAFF,
    access_of,
    by_itself,
    is_by_itself,
    methods_of,
    open_to,
    takes,
)
from mamori.ground.web.headers import ARRIVED
from mamori.ground.web.middleware import Guard, received
from mamori.ground.web.problems import MethodNotAllowed, NotForYou, NotFound, TooOften

pytestmark = pytest.mark.django_db  # a page names the operator

NOW = datetime.now(UTC)
AGENT = Presence(who="agent:1", role=Role.AGENT, account=1)


class Session(dict[str, Any]):
    """What a session holds, without a table."""

    session_key = None

    def flush(self) -> None:
        """Lose everything."""
        self.clear()


def page() -> Any:
    return lambda request: HttpResponse("shown")


def ask(
    view: Any, here: Presence = ANONYMOUS, *, path: str = "/desk/", sent: Any = None, method: str = "GET"
) -> Any:
    """Let `here` ask for the page; None when the guard lets them in."""
    made = RequestFactory()
    request: Any = made.generic(method, path) if sent is None else made.post(path, sent)
    request.received_at, request.number, request.presence, request.session = NOW, "r-1", here, Session()
    request.came_at = request.received_at
    return Guard(lambda request: HttpResponse()).process_view(request, view, (), {})


def answered(response: HttpResponse, *, method: str = "GET") -> Any:
    """Let a view answer so, and return what leaves the guard."""
    request: Any = RequestFactory().generic(method, "/desk/")
    request.received_at, request.number, request.presence = NOW, "r-1", ANONYMOUS
    request.came_at = request.received_at
    return Guard(lambda request: response)(request)


def test_a_view_says_who_may_enter() -> None:
    plain = open_to(Role.LEAD)(page())
    sensitive = open_to(Role.LEAD, Role.AGENT, step_up=True)(page())
    scoped = open_to(Role.MACHINE, scope="cases.read")(page())

    assert access_of(plain) == Access(roles=frozenset({Role.LEAD}), step_up=False, scope="")
    assert access_of(sensitive) == Access(roles=frozenset({Role.LEAD, Role.AGENT}), step_up=True)
    assert access_of(scoped) == Access(roles=frozenset({Role.MACHINE}), scope="cases.read")


def test_a_view_is_asked_by_itself_only_where_it_says_so() -> None:
    asked, other = by_itself(page()), page()

    assert (is_by_itself(asked), is_by_itself(other)) == (True, False)


def test_a_view_that_says_nothing_is_never_served() -> None:
    silent = page()

    assert access_of(silent) is None
    with pytest.raises(LookupError, match="does not say who may enter"):
        ask(silent, AGENT)


def test_whom_a_page_is_for_enters_and_others_are_refused() -> None:
    desk = open_to(*STAFF)(page())

    assert ask(desk, AGENT) is None
    refusal = ask(desk, Presence(who="buyer:B-1", role=Role.BUYER))
    assert (refusal.status_code, NotForYou.code in refusal.content.decode()) == (403, True)


def test_a_machine_enters_with_the_scope_that_is_asked() -> None:
    scoped = open_to(Role.MACHINE, scope="cases.read")(page())
    shop = Presence(who="machine:shop", role=Role.MACHINE, scopes=frozenset({"cases.read"}))

    assert ask(scoped, shop) is None
    assert ask(scoped, Presence(who="machine:shop", role=Role.MACHINE)).status_code == 403


def test_a_sensitive_page_opens_after_a_fresh_proof_and_leads_back_to_itself() -> None:
    sensitive = open_to(*STAFF, step_up=True)(page())
    proved = Presence(who="agent:1", role=Role.AGENT, account=1, stepped_up_at=NOW - timedelta(minutes=1))

    assert ask(sensitive, proved) is None
    led = ask(sensitive, AGENT, path="/desk/people/?a=1")
    assert led["Location"] == "/account/reauthenticate/?next=%2Fdesk%2Fpeople%2F%3Fa%3D1"


def test_staff_who_lack_a_factor_are_led_to_it() -> None:
    led = ask(open_to(*STAFF)(page()), Presence(account=1, awaits=Awaits.FACTOR))

    assert (led.status_code, led["Location"]) == (302, "/account/factors/")


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/desk/?q=1", "/account/login/?next=%2Fdesk%2F%3Fq%3D1"),
        ("/account/factors/", "/account/login/?next=%2Faccount%2Ffactors%2F"),
        ("/threads/", "/in/?next=%2Fthreads%2F"),
        ("/deskside/", "/in/?next=%2Fdeskside%2F"),
    ],
)
def test_who_is_not_signed_in_is_led_to_their_door_and_back(path: str, door: str) -> None:
    shut = open_to(Role.BUYER)(page())

    assert ask(shut, path=path)["Location"] == door
    assert ask(shut, Presence(over=Over.IDLE), path=path)["Location"] == f"{door}&ended=idle"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_page_is_asked_by_no_other_method_and_says_by_which(method: str) -> None:
    refusal = ask(open_to(*STAFF)(page()), AGENT, method=method)

    assert (refusal.status_code, refusal["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert MethodNotAllowed.code in refusal.content.decode()


@pytest.mark.parametrize("method", PAGE)
def test_a_page_is_asked_by_its_methods(method: str) -> None:
    assert ask(open_to(*STAFF)(page()), AGENT, method=method) is None


def test_a_view_names_the_methods_that_it_takes() -> None:
    sent = open_to(*STAFF)(takes("POST")(page()))

    assert methods_of(sent) == ("POST",)
    assert ask(sent, AGENT, method="POST") is None
    refusal = ask(sent, AGENT)
    assert (refusal.status_code, refusal["Allow"]) == (405, "POST")


def test_a_view_that_names_no_method_answers_each_itself() -> None:
    assert ask(open_to(*STAFF)(takes()(page())), AGENT, method="PUT") is None


@pytest.mark.parametrize(
    ("here", "status"),
    [
        (ANONYMOUS, 302),
        (Presence(account=1, awaits=Awaits.FACTOR), 302),
        (AGENT, 302),
        (Presence(who="buyer:B-1", role=Role.BUYER), 403),
    ],
)
def test_who_may_not_enter_does_not_learn_which_methods_a_page_takes(here: Presence, status: int) -> None:
    shut = open_to(*STAFF, step_up=True)(takes("POST")(page()))

    answers = [ask(shut, here, method=method) for method in ("PUT", "GET")]

    assert [(one.status_code, one.get("Location"), "Allow" in one) for one in answers] == [
        (status, answers[0].get("Location"), False)
    ] * 2


def test_words_that_came_too_late_are_given_back_with_the_door() -> None:
    late = ask(open_to(Role.BUYER)(page()), path="/threads/1/write/", sent={"said": "色が違います"})

    shown = late.content.decode()
    assert late.status_code == 403
    assert "色が違います</textarea>" in shown
    assert 'href="/in/?next=%2Fthreads%2F1%2Fwrite%2F"' in shown


def test_words_that_came_with_a_proof_too_old_are_given_back_with_the_way_to_prove_oneself() -> None:
    late = ask(open_to(*STAFF, step_up=True)(page()), AGENT, path="/desk/x/", sent={"said": "色が違います"})

    shown = late.content.decode()
    assert late.status_code == 403
    assert "色が違います</textarea>" in shown
    assert 'href="/account/reauthenticate/?next=%2Fdesk%2Fx%2F"' in shown


def test_a_view_that_found_words_for_its_refusal_keeps_them() -> None:
    own, streamed = HttpResponseNotFound("ours"), StreamingHttpResponse([b"ours"], status=404)

    assert answered(own) is own
    assert answered(streamed) is streamed


def test_a_refusal_without_a_word_gets_a_page_unless_only_its_headers_are_asked_for() -> None:
    shown = answered(HttpResponseNotFound())

    assert (shown.status_code, NotFound.code in shown.content.decode()) == (404, True)
    assert answered(HttpResponseNotFound(), method="HEAD").content == b""


def test_an_empty_answer_that_refuses_nothing_stays_empty() -> None:
    assert answered(HttpResponse(status=204)).content == b""


@pytest.mark.parametrize(("status", "header", "told"), [(405, "Allow", "POST"), (429, "Retry-After", "30")])
def test_what_to_do_instead_is_still_told(status: int, header: str, told: str) -> None:
    shown = answered(HttpResponse(status=status, headers={header: told}))

    assert shown.content
    assert {name: shown.get(name) for name in ("Allow", "Retry-After")} == {
        "Allow": None,
        "Retry-After": None,
        header: told,
    }


def test_who_is_to_wait_is_told_how_long_also_where_a_form_says_so() -> None:
    def drawn(request: Any) -> HttpResponse:
        return HttpResponse(TooMany(wait=900).sentence.ja, status=429)

    asked: Any = RequestFactory().get("/desk/")
    by_form = Guard(drawn)(asked)
    afterwards = answered(HttpResponse("ours", status=429))

    assert (by_form["Retry-After"], by_form.content.decode()) == (
        "900",
        "回数が多すぎます。15分ほど待ってから、もう一度お試しください。",
    )
    assert afterwards["Retry-After"] == "60"


def test_every_refusal_for_too_much_knows_how_long_to_wait() -> None:
    too_much = {one for one in Refusal.registry.values() if one.status == 429}

    assert {one for one in too_much if not issubclass(one, TooMany)} == {TooOften}


def test_each_request_gets_its_moment_and_a_number_that_the_answer_names() -> None:
    seen: list[Any] = []

    def get_response(request: Any) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    before = datetime.now(UTC)
    answer = received(get_response)(RequestFactory().get("/"))  # type: ignore[arg-type]

    (request,) = seen
    assert before <= request.received_at <= datetime.now(UTC)
    assert re.fullmatch("[0-9a-f]{16}", request.number)
    assert answer["X-Request-Id"] == request.number


@pytest.mark.parametrize("ahead", [None, timedelta(), timedelta(days=2)])
def test_a_request_came_when_it_began_to_arrive_and_in_a_sandbox_is_received_as_far_ahead_as_its_clock(
    ahead: timedelta | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "ahead", lambda: ahead)
    request: Any = RequestFactory().get("/", **{ARRIVED: NOW})

    received(lambda request: HttpResponse())(request)

    assert request.came_at == NOW <= request.taken_at
    assert request.received_at == NOW + (ahead or timedelta())
    assert request.is_sandbox is (ahead is not None)


def test_a_request_that_was_refused_before_sessions_is_nobodys() -> None:
    seen: list[Presence] = []

    def get_response(request: Any) -> HttpResponse:
        seen.append(request.presence)
        return HttpResponse()

    received(get_response)(RequestFactory().get("/"))  # type: ignore[arg-type]

    assert seen == [ANONYMOUS]


def test_who_is_here_is_told_from_the_request_itself_when_somebody_asks() -> None:
    seen: list[Presence] = []

    def get_response(request: Any) -> HttpResponse:
        request.user = AnonymousUser()
        request.session = Session(
            {VISITOR: {"who": "buyer:B-1", "role": "buyer"}, BEGUN: request.received_at.isoformat()}
        )
        seen.append(request.presence)
        return HttpResponse(str(request.presence.who))

    answer = received(get_response)(RequestFactory().get("/"))  # type: ignore[arg-type]

    assert seen == [Presence(who="buyer:B-1", role=Role.BUYER)]
    assert answer.content == b"buyer:B-1"


def test_the_guard_passes_on_the_request_that_came() -> None:
    request: Any = RequestFactory().get("/desk/")
    passed: list[Any] = []

    def get_response(given: Any) -> HttpResponse:
        passed.append(given)
        return HttpResponse("shown")

    Guard(get_response)(request)

    assert passed == [request]


def test_a_refusal_gets_its_page_and_a_mistake_of_ours_is_none_of_the_guards() -> None:
    request: Any = RequestFactory().get("/desk/")
    request.received_at, request.number, request.presence = NOW, "r-1", ANONYMOUS
    request.came_at = request.received_at
    guard = Guard(lambda request: HttpResponse())

    shown = guard.process_exception(request, NotForYou())

    assert shown is not None
    assert (shown.status_code, NotForYou.code in shown.content.decode()) == (403, True)
    assert guard.process_exception(request, ValueError("ours")) is None
