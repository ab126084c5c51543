"""Pure rules of inquiries: what stands before giving, when silence is kept, and what is answered, kind by kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.inquiries import INQUIRIES, SECRET, HeldKind, InquiryKind, listed


class InquiryEnd(StrEnum):
    """What is proposed or decided upon an inquiry."""

    GIVE = "give"
    REFUSE = "refuse"
    PASS = "pass"  # noqa: S105  # on to another procedure

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _ENDS[self]


_ENDS = {
    InquiryEnd.GIVE: Text("渡す", "give"),
    InquiryEnd.REFUSE: Text("渡さない", "give nothing"),
    InquiryEnd.PASS: Text("ほかの手続きに回す", "pass it on"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPaper:
    """An inquiry as its paper says it: `scope` is which records of which time, `due_on` by when, `silent` that nobody be told."""

    kind: InquiryKind
    by: str
    paper: str
    scope: str
    words: str = ""
    asked: tuple[HeldKind, ...] = ()
    parties: tuple[str, ...] = ()
    due_on: date | None = None
    silent: bool = False
    silent_until: date | None = None


SEALED = ("by", "paper", "scope", "words")
"""What of a paper is kept sealed, under these names."""
NOTHING_WITHIN = Text(
    "この根拠で渡せるものが、求められたものの中にありません。",
    "Nothing of what is asked for may be given on this ground.",
)
NOBODY_NAMED = Text(
    "だれについてかが記録されていません。「記録を直す」で書いてください。",
    "It is not noted whom it is about: please write that by “Correct what was entered”.",
)
ONE_PERSON = Text(
    "本人の求めは、本人一人についてだけです。「記録を直す」で直してください。",
    "A person asks about itself alone: please mend that by “Correct what was entered”.",
)
FIRST = Text("先にすることが記録されていません：{first}。", "This is not noted yet: {first}.")
BY_OTHERS = Text("この種類の照会を決めるのは{roles}です。", "On this kind of inquiry {roles} decides.")


def before_giving(
    kind: InquiryKind, asked: Collection[HeldKind], parties: Collection[str], *, is_seen: bool
) -> Text | None:
    """Say what stands in the way of giving anything."""
    rule = INQUIRIES[kind]
    if not rule.may & set(asked):
        return NOTHING_WITHIN
    if not parties:
        return NOBODY_NAMED
    if rule.is_own and len(parties) != 1:
        return ONE_PERSON
    return FIRST.fill(first=rule.first) if rule.first and not is_seen else None


def deciders_of(kind: InquiryKind) -> Text:
    """Return in words who decides on a kind."""
    return Text.listed(one.text for one in sorted(INQUIRIES[kind].deciders))


def silence_fits(paper: InquiryPaper, on: date) -> bool:
    """Say whether the silence that is asked for keeps within what its ground lets, which has to name an end where it has one."""
    most = INQUIRIES[paper.kind].silence_days
    if not paper.silent or not most:
        return True
    return paper.silent_until is not None and paper.silent_until <= on + timedelta(days=most)


GIVEN = Text(
    "次のものを、お求めの目的のためにお渡しします：{items}。ほかの目的にはお使いにならないでください。",
    "We give you this, for the purpose for which you ask and no other: {items}.",
)
DONE = Text("次のものについて、求めのとおりにしました：{items}。", "As you ask, it was done for: {items}.")
IS_SECRET = Text(
    "{items}は通信の秘密に当たるため、この照会ではお渡しできません。",
    "This falls under the secrecy of communications and cannot be given upon this inquiry: {items}.",
)
WITH_WARRANT = Text(
    "必要なときは、裁判官の令状をお取りください。消えないようにする求めは、別にお受けします。",
    "Please obtain a judge's warrant where you need it; we take requests to preserve logs apart from this.",
)
NOT_ON_THIS = Text(
    "{items}は、この照会の根拠ではお渡しできません。",
    "This cannot be given on the ground of this inquiry: {items}.",
)
WHY = Text("理由：{why}", "Why: {why}")


def answer(
    kind: InquiryKind, asked: Collection[HeldKind], given: Collection[HeldKind], why: str = ""
) -> tuple[Text, ...]:
    """Return what is answered: what is given, and of all else that was asked for why not, each by its own reason."""
    rule = INQUIRIES[kind]
    if not rule.may:
        return (rule.rest,)
    left = {one for one in asked if one not in given}
    secret = left & SECRET & rule.never
    parts = (
        (DONE if rule.is_deed else GIVEN, set(given)),
        (IS_SECRET, secret),
        (NOT_ON_THIS, (left & rule.never) - secret),
        (rule.rest, left & rule.may),
    )
    said = [sentence.fill(items=listed(items)) for sentence, items in parts if items]
    if secret and rule.by_investigators:
        said.append(WITH_WARRANT)
    if why and rule.is_own:
        said.append(WHY.fill(why=why))
    return tuple(said)
