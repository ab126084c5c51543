"""Questions on a procedure, from what it declares: how long, who may, what follows, what is never said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from mamori.grammar.procedure import Procedure
from mamori.grammar.text import Text
from mamori.rooms.disclosure.rules.handbook import roles_text

MOST, CHOICES = 5, 3
"""At most so many questions are asked at once, each with at most so many answers."""


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question, its answers in the order in which they are shown, and which of them is right."""

    asks: Text
    answers: tuple[Text, ...]
    right: int


def quiz(one: Procedure, spans: Mapping[str, Text], *, seed: str) -> tuple[QuizQuestion, ...]:
    """Return the questions that a seed gives: the same seed the same ones, so that what was asked need not be kept."""
    found = [
        _asked(asks, right, wrong, f"{seed}/{asks.ja}")
        for asks, right, wrong in _candidates(one, spans)
        if wrong
    ]
    return tuple(sorted(found, key=lambda question: _order(seed, question.asks))[:MOST])


def asks_something(one: Procedure, spans: Mapping[str, Text]) -> bool:
    """Say whether a procedure declares anything that can be asked: where it does not, it is only read."""
    return any(wrong for *_, wrong in _candidates(one, spans))


def _candidates(one: Procedure, spans: Mapping[str, Text]) -> Iterator[tuple[Text, Text, list[Text]]]:
    every = list(spans.values())
    for clock in one.deadlines:
        yield (
            Text("「{what}」の期限はどれですか。", "How long is “{what}”?").fill(what=clock.title),
            spans[clock.code],
            _other_spans(every, spans[clock.code]),
        )
    who = [roles_text(decision.roles) for decision in one.decisions]
    who += [roles_text(step.roles) for chart in one.lifecycles for step in chart.steps]
    for decision in one.decisions:
        yield (
            Text("「{what}」ができるのはだれですか。", "Who may “{what}”?").fill(what=decision.title),
            roles_text(decision.roles),
            _others(who, roles_text(decision.roles)),
        )
    for chart in one.lifecycles:
        for step in chart.steps:
            for start, end in step.moves.items():
                if start is end:
                    continue
                yield (
                    Text(
                        "{chart}が「{state}」のとき、「{step}」をするとどうなりますか。",
                        "{chart} is “{state}”. What is it after “{step}”?",
                    ).fill(chart=chart.title, state=chart.states[start], step=step.text),
                    chart.states[end],
                    _others(chart.states.values(), chart.states[end]),
                )


def _others(every: Iterable[Text], right: Text) -> list[Text]:
    return [one for one in dict.fromkeys(every) if one != right]


def _other_spans(every: Iterable[Text], right: Text) -> list[Text]:
    """Return other times in the same unit, where there are some: nobody has to weigh 24 hours against a business day."""
    wrong = _others(every, right)
    alike = [one for one in wrong if _unit(one) == _unit(right)]
    return alike or wrong


def _unit(span: Text) -> str:
    return span.ja.lstrip("0123456789")


def _asked(asks: Text, right: Text, wrong: Sequence[Text], seed: str) -> QuizQuestion:
    some = sorted(wrong, key=lambda one: _order(seed, one))[: CHOICES - 1]
    answers = tuple(sorted((right, *some), key=lambda one: _order(f"{seed}/shown", one)))
    return QuizQuestion(asks, answers, answers.index(right))


def _order(seed: str, one: Text) -> bytes:
    return sha256(f"{seed}\x00{one.ja}\x00{one.en}".encode()).digest()


def right_of(asked: Sequence[QuizQuestion], answers: Sequence[int]) -> int:
    """Return how many were answered rightly; an answer that is missing is wrong."""
    return sum(given == question.right for question, given in zip(asked, answers, strict=False))
