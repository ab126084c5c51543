"""What the elements say to who asks, in sentences: why it is refused, or what is still to be sent."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.text import Text
from mamori.law.article5 import Element, ElementVerdict
from mamori.rooms.disclosure.rules.elements import ElementFound, LeadsTo, outcome_of
from mamori.rooms.disclosure.rules.whys import WhyFound

OPENINGS: Mapping[LeadsTo, Text] = {
    LeadsTo.COMPLETE_IT: Text(
        "ご請求を進めるために、次のものをお送りください。",
        "To go on with your request we need the following from you.",
    ),
    LeadsTo.REFUSE: Text(
        "ご請求は、次の理由で、この法律の要件を満たしません。",
        "Your request does not meet the requirements of the Act, for these reasons.",
    ),
    LeadsTo.COUNSEL: Text(
        "ご請求を受け取りました。担当者が要件を一つずつ確かめ、出品者の意見を聴くかを決めます。",
        "We have your request. A person looks at each requirement and decides whether the seller is heard.",
    ),
    LeadsTo.HEAR: Text(
        "ご請求に足りないものはありません。担当者が確かめ、出品者の意見を聴いてから決めます。",
        "Nothing is missing in your request. A person looks at it, and the seller is heard before it is decided.",
    ),
}


def reasons(
    found: Mapping[Element, ElementFound], written: Mapping[Element, str] | None = None
) -> list[tuple[Element, Text]]:
    """Return each element that is not met, else what is missing, with why, each sentence once.

    What a person wrote about an element stands as written.
    """
    words, seen = written or {}, {one.verdict for one in found.values()}
    told = ElementVerdict.NOT_MET if ElementVerdict.NOT_MET in seen else ElementVerdict.MISSING
    listed: list[tuple[Element, Text]] = []
    for element, one in found.items():
        if one.verdict is told:
            own = words.get(element, "") if one.why is WhyFound.PERSON_NOT_MET else ""
            why = Text(own, own) if own else one.why.text
            if why not in [before for _, before in listed]:
                listed.append((element, why))
    return listed


def letter(found: Mapping[Element, ElementFound]) -> tuple[Text, ...]:
    """Return what who asks reads when the rules have been asked and before any person has looked: each sentence once."""
    outcome = outcome_of(found)
    told = reasons(found) if outcome in (LeadsTo.COMPLETE_IT, LeadsTo.REFUSE) else []
    return (OPENINGS[outcome], *(why for _, why in told))
