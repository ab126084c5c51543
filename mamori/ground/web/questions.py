"""The questions that pages ask one after the other, as data, and how far a draft's answers reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict

from mamori.grammar.text import Text
from mamori.ground.web.answers import as_data, rows_of
from mamori.ground.web.parts import Row
from mamori.ground.web.signs import Visit

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


def walk(
    questions: Iterable[Question], request: Visit, data: dict[str, dict[str, list[str]]]
) -> tuple[list[Page], Answers, bool]:
    """Go through the questions as far as they are answered; say whether the last one reached is still open."""
    pages: list[Page] = []
    answers: Answers = {}
    for question in questions:
        if not question.asked(answers):
            continue
        given = data.get(question.name)
        form = question.form(None if given is None else as_data(given), request, answers)
        pages.append(Page(question, form))
        if not form.is_valid():
            return pages, answers, True
        answers[question.name] = form.cleaned_data
    return pages, answers, False
