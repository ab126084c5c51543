"""Counsellors of consumer centres: what a consumer may let one do, for how long, and how soon they are answered.  Pure data.

No statute names these times.  What a person said to one of us is not told to another without their consent (Act on the
Protection of Personal Information); that the consent is theirs is confirmed by themselves before anything of them is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays, CalendarDays, span_words
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class ConsentTo(StrEnum):
    """What a consumer lets a counsellor hear from the operator; each kind holds the ones before it."""

    MATTER = "matter"
    ORDER = "order"
    WORDS = "words"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CONSENTS[self]

    def holds(self, other: ConsentTo) -> bool:
        """Say whether who allowed this allowed the other, too."""
        kinds = tuple(ConsentTo)
        return kinds.index(other) <= kinds.index(self)


_CONSENTS = {
    ConsentTo.MATTER: Text(
        "この件について、窓口が相談員に答えること", "the centre answers about this matter"
    ),
    ConsentTo.ORDER: Text(
        "窓口が相談員に答え、注文の内容と、注文したときのお店の表示を渡すこと",
        "the centre answers, and hands over what was ordered and what the shop displayed then",
    ),
    ConsentTo.WORDS: Text(
        "窓口が相談員に答え、注文の内容と表示、お店や窓口とのやり取りの記録を渡すこと",
        "the centre answers, and hands over order and display, and the record of the conversation with shop and centre",
    ),
}


class ConsentGiven(StrEnum):
    """How a consumer gave consent to the counsellor."""

    WRITTEN = "written"
    SPOKEN = "spoken"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _GIVEN[self]


_GIVEN = {
    ConsentGiven.WRITTEN: Text("書面で", "in writing"),
    ConsentGiven.SPOKEN: Text("電話や面談で、口頭で", "by word, on the telephone or face to face"),
}


class ConsentLasts(StrEnum):
    """Until when a consent holds; it can be taken back at any time."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return Text("{span}間", "{span}").fill(span=span_words(LASTING[self]))


LASTING: Mapping[ConsentLasts, CalendarDays] = {
    ConsentLasts.MONTH: CalendarDays(30),
    ConsentLasts.QUARTER: CalendarDays(90),
    ConsentLasts.HALF: CalendarDays(180),
}
INVITED_DAYS, FIRST_LINK_DAYS, LINK_HOURS = 365, 7, 1
"""How long a counsellor is invited, and how long the first link and each later one can be used."""
COUNSELLOR_ANSWER = Deadline(
    code="complaints.counsellor_answer",
    title=Text("消費生活センターの相談員に答えるまで", "the answer to a counsellor of a consumer centre"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
CONSENT_ENDS = "complaints.consent_ends"
"""The clock of a consent, which lasts as long as the consumer said."""
CONSENT_ENDS_TITLE = Text(
    "相談員への本人の同意が終わるまで", "until a consumer's consent to a counsellor ends"
)
