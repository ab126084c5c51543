"""A lifecycle as data: states, steps, and who may take them.

Everything else is rendered from it: the field's choices and default, the database constraint, the permission
check, the buttons, the drawing, the reference page and the reachability test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class StepNotOpen(Refusal, code="step-not-open", status=409):
    """Given when a step is not on from the present state."""

    text = Text(
        "「{title}」は今「{state}」なので、「{step}」はできません。最新の状態をご確認ください。",
        "At present {title} is “{state}”, so “{step}” is not possible. Please look at it again.",
    )


class StepNotYours(Refusal, code="step-not-yours", status=403):
    """Given when a step is on, but not for this role."""

    text = Text(
        "「{step}」は{roles}だけができます。必要なときは相談窓口にお知らせください。",
        "Only {roles} can do “{step}”. If it is needed, please tell the customer centre.",
    )


@dataclass(frozen=True, slots=True)
class Step[S: StrEnum]:
    """A named way out of some states, where each leads, and the roles that may take it.

    `afterwards` = it corrects how something ended: what it leaves was an end and stays one.
    """

    name: str
    text: Text
    moves: Mapping[S, S]
    roles: frozenset[Role]
    afterwards: bool = False


@dataclass(frozen=True)
class Statechart[S: StrEnum]:
    """The lifecycle of one kind of thing.

    :raises ValueError: when a state has no text, cannot be reached, or can never be left and never ends.
    """

    name: str
    title: Text
    states: Mapping[S, Text]
    initial: S
    steps: tuple[Step[S], ...]
    _by_name: dict[str, Step[S]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {step.name: step for step in self.steps})
        faults = list(self._faults())
        if faults:
            raise ValueError(f"{self.name}: " + "; ".join(faults))

    def _faults(self) -> Iterator[str]:
        if len(self._by_name) != len(self.steps):
            yield "two steps share a name"
        for state in type(self.initial):
            if state not in self.states:
                yield f"state {state} has no text"
        reached = {self.initial}
        while (
            new := {to for step in self.steps for state, to in step.moves.items() if state in reached}
            - reached
        ):
            reached |= new
        for state in self.states:
            if state not in reached:
                yield f"state {state} cannot be reached"
        for step in self.steps:
            if not step.roles:
                yield f"step {step.name} is nobody's"
            if step.afterwards and not {*step.moves, *step.moves.values()} <= self.ends:
                yield f"step {step.name} comes afterwards, and leads from or to what is no end"
        ending = set(self.ends)
        while (
            more := {state for step in self.steps for state, to in step.moves.items() if to in ending}
            - ending
        ):
            ending |= more
        for state in self.states:
            if state not in ending:
                yield f"state {state} never comes to an end"

    @cached_property
    def ends(self) -> frozenset[S]:
        """Return the states that no step leaves, but for one that corrects an end."""
        return frozenset(self.states) - {
            state for step in self.steps if not step.afterwards for state in step.moves
        }

    @cached_property
    def open_states(self) -> frozenset[S]:
        """Return the states that some step leaves."""
        return frozenset(self.states) - self.ends

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return (value, Japanese label) pairs for a form."""
        return [(state.value, text.ja) for state, text in self.states.items()]

    def step(self, name: str) -> Step[S]:
        """Return the step called `name`."""
        return self._by_name[name]

    def allowed(self, state: S, role: Role) -> list[Step[S]]:
        """List the steps that `role` may take now: what the buttons are made of."""
        return [step for step in self.steps if state in step.moves and role in step.roles]

    def allows(self, name: str, state: S, role: Role) -> bool:
        """Say whether `role` may take the step now; `take` says why not."""
        step = self.step(name)
        return role in step.roles and state in step.moves

    def take(self, name: str, state: S, role: Role) -> S:
        """Return the state after the step."""
        step = self.step(name)
        if role not in step.roles:
            names = sorted(step.roles)
            roles = Text("・".join(r.text.ja for r in names), ", ".join(r.text.en for r in names))
            raise StepNotYours(step=step.text, roles=roles)
        if state not in step.moves:
            raise StepNotOpen(title=self.title, state=self.states[state], step=step.text)
        return step.moves[state]

    def mermaid(self) -> str:
        """Draw the chart as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for step in self.steps:
            lines += [f"    {state} --> {to}: {step.name}" for state, to in step.moves.items()]
        lines += [f"    {state} --> [*]" for state in self.states if state in self.ends]
        return "\n".join(lines)
