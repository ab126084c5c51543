"""One question a page: back, change, check the answers, send once.  The questions are data.

    REPORT = Steps(
        name="report",
        title=Text("困りごとの申し出", "Report a trouble"),
        questions=(
            Question(name="order", title=Text("どの注文ですか", "Which order?"), form=order_form),
            Question(name="when", title=Text("いつ届きましたか", "When did it arrive?"), form=plain(WhenForm),
                     asked=lambda answers: answers["order"]["arrived"]),
        ),
        send=send,                      # send(request, answers, token) -> address of the confirmation
    )

    @open_to(Role.BUYER)                # mounted twice: "report/" and "report/<slug:step>/"
    def report(request, step=""):
        return REPORT.page(request, step, base="/report/")

`read(request, answers)` says what of a POST the form takes, and `between(request, form, answers, back)` may answer with
a page that comes before the next question; it is asked anew each time, and nothing is kept until it returns None.
`form(data, request, answers)` makes a page's form, so that its choices may depend on both; `answers` holds the cleaned
data of earlier questions by name.  `given(request)` reads answers from the address, so that what a link names is not
asked again; they are kept with the first answer that is sent.  `beside` is markup for below the questions, `above` for
above the last button.  `send` gets a token (a UUID) that stays the same however often the form is sent: hand it to what
takes a form once.  A refusal by `send` is shown above the answers, and nothing is lost.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.answers import as_data, posted, rows_of
from mamori.ground.web.parts import Row
from mamori.ground.web.sealed import keep, kept
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import told

CHECK = "check"
SEND = Text("この内容で送る", "Send")

type Answers = dict[str, dict[str, Any]]
type Make = Callable[[QueryDict | None, Visit, Answers], BaseForm]


def plain(form: type[BaseForm]) -> Make:
    """Make a form that depends on nothing."""
    return lambda data, request, answers: form(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One page: its name in the address, the question as its heading, the form, and when it is asked at all."""

    name: str
    title: Text
    form: Make
    lead: Text | None = None
    asked: Callable[[Answers], bool] = lambda answers: True
    rows: Callable[[BaseForm], Iterable[Row]] = rows_of
    read: Callable[[Visit, Answers], QueryDict] = lambda request, answers: request.POST
    between: Callable[[Visit, BaseForm, Answers, str], HttpResponse | None] = lambda *given: None


@dataclass(frozen=True, slots=True)
class Page:
    """A question that is asked of this person, and its form as far as it is filled."""

    question: Question
    form: BaseForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The questions in their order, and what sends the answers."""

    name: str
    title: Text
    questions: tuple[Question, ...]
    send: Callable[[Visit, Answers, str], str]
    send_text: Text = SEND
    check_lead: Text | None = None
    leave: str = "/"
    given: Callable[[Visit], dict[str, dict[str, list[str]]]] = lambda request: {}
    beside: Callable[[Visit, str, Answers], str] = lambda request, step, answers: ""
    above: Callable[[Visit, Answers], str] = lambda request, answers: ""

    def page(self, request: Visit, step: str, *, base: str) -> HttpResponse:
        """Show or take the page `step` of the questions, which stand below the address `base`."""
        name = f"steps:{self.name}:{base}"
        state = kept(request, name) or {"token": str(uuid.uuid4()), "data": {}}
        state["data"] |= self.given(request)
        pages, answers, is_open = self._walk(request, state["data"])
        places = [page.question.name for page in pages]
        sent_before = "sent" in state and request.POST.get("token") == state["sent"]
        if step == CHECK and request.method == "POST" and sent_before:
            return HttpResponseRedirect(state["led_to"])
        if step == CHECK and not is_open:
            return self._check(request, pages, answers, state, base)
        if step not in places:
            self._keep_early(request, step, name, state, answers)
            return HttpResponseRedirect(_to(request, f"{base}{places[-1] if is_open else CHECK}/"))
        place = places.index(step)
        asked = pages[place].question
        back = _to(request, f"{base}{places[place - 1]}/") if place else self.leave
        if request.method != "POST":
            return self._ask(request, asked, pages[place].form, back, answers)
        form = asked.form(asked.read(request, answers), request, answers)
        if form.is_valid():
            stop = asked.between(request, form, answers, _to(request, f"{base}{step}/"))
        else:
            stop = self._ask(request, asked, form, back, answers)
        if stop is not None:
            return stop
        state["data"][step] = posted(form)
        keep(request, name, state)
        pages, _, is_open = self._walk(request, state["data"])
        on = f"{base}{pages[-1].question.name if is_open else CHECK}/"
        return HttpResponseRedirect(on if step in self.given(request) else _to(request, on))

    def _keep_early(
        self, request: Visit, step: str, name: str, state: dict[str, Any], answers: Answers
    ) -> None:
        """Keep an answer whose turn has not come: of somebody who had to sign in again and begins once more."""
        asked = next((question for question in self.questions if question.name == step), None)
        if request.method != "POST" or asked is None:
            return
        try:
            form = asked.form(request.POST, request, answers)
        except LookupError:  # it is made of answers that are not there yet
            return
        if form.is_valid():
            state["data"][step] = posted(form)
            keep(request, name, state)

    def _walk(
        self, request: Visit, data: dict[str, dict[str, list[str]]]
    ) -> tuple[list[Page], Answers, bool]:
        """Go through the questions as far as they are answered; say whether the last one reached is still open."""
        pages: list[Page] = []
        answers: Answers = {}
        for question in self.questions:
            if not question.asked(answers):
                continue
            given = data.get(question.name)
            form = question.form(None if given is None else as_data(given), request, answers)
            pages.append(Page(question, form))
            if not form.is_valid():
                return pages, answers, True
            answers[question.name] = form.cleaned_data
        return pages, answers, False

    def _ask(
        self, request: Visit, question: Question, form: BaseForm, back: str, answers: Answers
    ) -> HttpResponse:
        fields = form.visible_fields()
        only = fields[0] if len(fields) == 1 else None
        if only:
            only.label = told(question.title)
        shown = {"steps": self, "question": question, "form": form, "only": only, "back": back}
        shown["beside"] = self.beside(request, question.name, answers)
        return render(request, "web/steps/question.html", shown, status=422 if form.errors else 200)

    def _check(
        self, request: Visit, pages: list[Page], answers: Answers, state: dict[str, Any], base: str
    ) -> HttpResponse:
        refusal = None
        if request.method == "POST" and request.POST.get("token") == state["token"]:
            try:
                led_to = self.send(request, answers, state["token"])
            except Refusal as refused:
                refusal = refused
            else:
                sent = {"token": str(uuid.uuid4()), "data": {}, "sent": state["token"], "led_to": led_to}
                keep(request, f"steps:{self.name}:{base}", sent)
                return HttpResponseRedirect(led_to)
        shown = {
            "steps": self,
            "refusal": refusal,
            "token": state["token"],
            "rows": [
                Row(label=row.label, value=row.value, change=self._change(request, base, page.question))
                for page in pages
                for row in page.question.rows(page.form)
            ],
            "back": self._change(request, base, pages[-1].question),
            "above": self.above(request, answers),
            "beside": self.beside(request, CHECK, answers),
        }
        return render(request, "web/steps/check.html", shown, status=refusal.status if refusal else 200)

    def _change(self, request: Visit, base: str, question: Question) -> str:
        """Return where an answer is changed; one that the address gives must be left out of it to be asked."""
        path = f"{base}{question.name}/"
        return path if question.name in self.given(request) else _to(request, path)


def _to(request: Visit, path: str) -> str:
    """Keep what the address says on the way to the first open question: a GET writes nothing."""
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
